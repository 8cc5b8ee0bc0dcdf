# Entries that another product made, and that nobody manages as code.
data "sentinelone_blocklist_entries" "other_product" {
  managed              = false
  description_contains = "Created by Another Product"
}

output "by_another_product" {
  value = {
    for entry in data.sentinelone_blocklist_entries.other_product.entries :
    entry.id => "${entry.os_type} ${coalesce(entry.sha1, entry.sha256)}"
  }
}
