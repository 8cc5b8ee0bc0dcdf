import {
  to = sentinelone_indicator_set.phishing
  id = "site/225494730938493804/set/phishing"
}
