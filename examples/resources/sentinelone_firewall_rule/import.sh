# By the id on the console:
terraform import sentinelone_firewall_rule.campaign 225494730938493804

# By its scope and what it is known by:
terraform import sentinelone_firewall_rule.campaign 'site/225494730938493804/rule/Block campaign 4711'
