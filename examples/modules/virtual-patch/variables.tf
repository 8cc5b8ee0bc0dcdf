variable "scope" {
  description = "Where to look, and where the rules belong: exactly one of the four. Left out, the provider's scope."
  type = object({
    tenant     = optional(bool)
    account_id = optional(string)
    site_id    = optional(string)
    group_id   = optional(string)
  })
  default = null
}

variable "name" {
  description = "The name of the tag, and what the names of the rules begin with. Each use of the module in a scope takes another."
  type        = string
  default     = "Virtual patch"

  validation {
    condition     = length(var.name) >= 2 && length(var.name) <= 50 && trimspace(var.name) == var.name
    error_message = "The name has 2 to 50 characters, and no white space around it."
  }
}

# Which vulnerabilities to answer.

variable "min_severity" {
  description = "CVEs of this severity and worse: LOW, MEDIUM, HIGH or CRITICAL. A list of severities would drop the control of an application that got worse."
  type        = string
  default     = "CRITICAL"

  validation {
    condition     = contains(["LOW", "MEDIUM", "HIGH", "CRITICAL"], var.min_severity)
    error_message = "The severity is one of LOW, MEDIUM, HIGH and CRITICAL."
  }
}

variable "exploited_only" {
  description = "Only CVEs that are used in attacks. It takes the licence for Singularity Vulnerability Management; without it, the plan stops."
  type        = bool
  default     = true
}

variable "min_score" {
  description = "Only CVEs with this score or more, 0 to 10: the risk score, and without the licence for it the CVSS base score. A CVE without either has 0."
  type        = number
  default     = 0

  validation {
    condition     = var.min_score >= 0 && var.min_score <= 10
    error_message = "A score is 0 to 10."
  }
}

variable "vendors" {
  description = "Only applications of these vendors. Left out, of all."
  type        = list(string)
  default     = null
}

variable "application_contains" {
  description = "Only applications whose name and version, such as \"7-Zip 22.01\", contain one of these texts. Left out, all."
  type        = list(string)
  default     = null
}

variable "except" {
  description = "Applications to leave alone, such as \"Mozilla/Firefox\": vendor and name."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for application in var.except : strcontains(application, "/")])
    error_message = "An application is its vendor, a slash and its name."
  }
}

variable "limit" {
  description = "How many rows a read may bring: applications, CVEs of one of them, endpoints of one of them. Where there are more, the plan stops rather than act on a part."
  type        = number
  default     = 1000

  validation {
    condition     = var.limit >= 1 && floor(var.limit) == var.limit
    error_message = "The limit is a whole number from 1 on."
  }
}

# How to answer.

variable "paths" {
  description = "The programs to block, by application, such as { \"Igor Pavlov/7-Zip\" = [\"C:\\\\Program Files\\\\7-Zip\\\\7zFM.exe\"] }. For the others, it is the paths that the inventory knows, which usually are folders."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for paths in values(var.paths) : length(paths) > 0])
    error_message = "An application has at least one path. To leave it alone, name it in except."
  }
}

variable "remote_hosts" {
  description = "Block only what the applications exchange with these hosts. Left out, with all."
  type = object({
    addresses = optional(list(string))
    cidrs     = optional(list(string))
    ranges    = optional(list(string))
    fqdns     = optional(list(string))
  })
  default = null
}

# When to look again.

variable "review_after" {
  description = "The day by which all rules are to be reviewed, such as 2026-12-31. Left out, review_after_days counts."
  type        = string
  default     = null

  validation {
    condition     = var.review_after == null || can(formatdate("YYYY", "${var.review_after}T00:00:00Z"))
    error_message = "A day is written as 2026-12-31."
  }
}

variable "review_after_days" {
  description = "A rule is to be reviewed so many days after its application was first detected."
  type        = number
  default     = 30

  validation {
    condition     = var.review_after_days >= 1 && floor(var.review_after_days) == var.review_after_days
    error_message = "The number of days is a whole one from 1 on."
  }
}

variable "today" {
  description = "The day by which a review is overdue, such as 2026-11-30. Left out, the day of the plan."
  type        = string
  default     = null

  validation {
    condition     = var.today == null || can(formatdate("YYYY", "${var.today}T00:00:00Z"))
    error_message = "A day is written as 2026-12-31."
  }
}
