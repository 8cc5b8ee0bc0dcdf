# Manages what the survey wrote down. The import blocks can go once they have been applied.
terraform {
  required_version = ">= 1.7"
  required_providers {
    sentinelone = {
      source = "tem/sentinelone"
    }
  }
}

variable "site_id" {
  type = string
}

provider "sentinelone" {
  scope = { site_id = var.site_id }
}

resource "sentinelone_firewall_tag" "this" {
  for_each = var.tags

  name        = each.value.name
  description = each.value.description
}

import {
  for_each = var.tags
  to       = sentinelone_firewall_tag.this[each.key]
  id       = each.key
}

resource "sentinelone_firewall_rule" "this" {
  for_each = var.rules

  name         = each.value.name
  description  = each.value.description
  action       = each.value.action
  status       = each.value.status
  direction    = each.value.direction
  os_types     = each.value.os_types
  protocol     = each.value.protocol
  application  = each.value.application
  local_host   = each.value.local_host
  local_port   = each.value.local_port
  remote_hosts = each.value.remote_hosts
  remote_port  = each.value.remote_port
  location     = each.value.location
  tag_ids      = each.value.tag_ids
}

import {
  for_each = var.rules
  to       = sentinelone_firewall_rule.this[each.key]
  id       = each.key
}

resource "sentinelone_firewall_rule_order" "this" {
  rule_ids = [for id in var.rule_order : sentinelone_firewall_rule.this[id].id]
}

import {
  to = sentinelone_firewall_rule_order.this
  id = "site/${var.site_id}"
}

resource "sentinelone_blocklist_entry" "this" {
  for_each = var.entries

  os_type     = each.value.os_type
  sha1        = each.value.sha1
  sha256      = each.value.sha256
  description = each.value.description
}

import {
  for_each = var.entries
  to       = sentinelone_blocklist_entry.this[each.key]
  id       = each.key
}
