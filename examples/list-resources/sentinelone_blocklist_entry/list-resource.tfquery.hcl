# What people blocked on Windows by hand: terraform query -generate-config-out=entries.tf
list "sentinelone_blocklist_entry" "by_hand" {
  provider = sentinelone
  limit    = 10000

  config {
    os_types = ["windows"]
    sources  = ["user"]
    imported = false
    managed  = false
  }
}
