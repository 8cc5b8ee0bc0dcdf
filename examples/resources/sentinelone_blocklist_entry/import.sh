terraform import 'sentinelone_blocklist_entry.eicar["linux"]' 225494730938493804
