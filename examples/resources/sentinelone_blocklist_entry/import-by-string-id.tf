import {
  to = sentinelone_blocklist_entry.eicar["linux"]
  id = "225494730938493804"
}
