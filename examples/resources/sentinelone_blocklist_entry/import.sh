# By the id on the console:
terraform import 'sentinelone_blocklist_entry.eicar["linux"]' 225494730938493804

# By its scope and what it is known by:
terraform import 'sentinelone_blocklist_entry.eicar["linux"]' site/225494730938493804/sha1/3395856ce81f2b7382dee72602f798b642f14140/linux
