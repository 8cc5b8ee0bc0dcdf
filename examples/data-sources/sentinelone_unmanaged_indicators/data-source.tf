# What another product blocks here, to be taken in:
#
# 1. terraform output -raw taken_in > taken-in.json
# 2. A sentinelone_indicator_set with indicators = file("taken-in.json"). It skips what the product still blocks.
# 3. Delete the product's rules and entries. The next apply blocks the indicators by the set.
data "sentinelone_unmanaged_indicators" "other_product" {
  description_contains = "Created by Another Product"
}

output "taken_in" {
  value = data.sentinelone_unmanaged_indicators.other_product.indicators
}

# Who blocks something here by hand, and how much?
data "sentinelone_unmanaged_indicators" "all" {}

output "by_creator" {
  value = {
    for by in data.sentinelone_unmanaged_indicators.all.by_creator :
    coalesce(by.creator, "unknown") => length(jsondecode(by.indicators))
  }
}
