# The EICAR test file, on two operating systems: an entry is for one.
resource "sentinelone_blocklist_entry" "eicar" {
  for_each = toset(["linux", "windows"])

  os_type     = each.key
  sha1        = "3395856ce81f2b7382dee72602f798b642f14140"
  description = "EICAR test file"
}
