import {
  to = sentinelone_blocklist_entry.eicar["linux"]
  identity = {
    id    = "225494730938493804"
    scope = "site/225494730938493804"
  }
}
