import {
  to = sentinelone_indicator_set.phishing
  identity = {
    id    = "225494730938493804"
    scope = "site/225494730938493804"
  }
}
