# What the site holds, by the ids that the objects had when they were taken over.

variable "tags" {
  type = map(object({
    name        = string
    description = optional(string)
  }))
  default = {}
}

variable "rules" {
  type = map(object({
    name        = string
    description = optional(string)
    action      = string
    status      = optional(string)
    direction   = optional(string)
    os_types    = optional(set(string))
    protocol    = optional(string)
    application = optional(object({
      paths  = optional(list(string))
      sha1s  = optional(list(string))
      system = optional(list(string))
    }))
    local_host = optional(object({
      addresses = optional(list(string))
      cidrs     = optional(list(string))
      ranges    = optional(list(string))
      fqdns     = optional(list(string))
    }))
    local_port = optional(object({
      ports = optional(list(number))
      range = optional(string)
    }))
    remote_hosts = optional(object({
      addresses = optional(list(string))
      cidrs     = optional(list(string))
      ranges    = optional(list(string))
      fqdns     = optional(list(string))
    }))
    remote_port = optional(object({
      ports = optional(list(number))
      range = optional(string)
    }))
    location = optional(object({
      ids      = optional(list(string))
      fallback = optional(bool)
    }))
    tag_ids = optional(set(string))
  }))
  default = {}
}

variable "rule_order" {
  type    = list(string)
  default = []
}

variable "entries" {
  type = map(object({
    os_type     = string
    sha1        = optional(string)
    sha256      = optional(string)
    description = optional(string)
  }))
  default = {}
}
