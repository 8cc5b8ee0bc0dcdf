# By the id on the console:
terraform import sentinelone_firewall_tag.containment 225494730938493804

# By its scope and what it is known by:
terraform import sentinelone_firewall_tag.containment site/225494730938493804/tag/Containment
