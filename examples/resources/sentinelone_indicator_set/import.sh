# By its scope and its name, or its id, which the descriptions of its rules and entries end in:
terraform import sentinelone_indicator_set.phishing site/225494730938493804/set/phishing
