# Turns a plan, as `terraform show -json` prints it, into Markdown for people: which objects are created, changed and
# destroyed, and which of their values come (+), go (-) or change (!). A JSON document, such as the indicators of a set, is
# shown entry by entry. All text that comes from a plan stands in a code block, on lines that begin with a sign: it can
# neither end the block nor call anybody.
#
# Arguments: $scope, the scope's name; $changes, the exit code of plan -detailed-exitcode.

def lines_per_object: 40;
def characters_per_line: 200;

def line: gsub("[\\x00-\\x1f\\x7f]"; " ") | if length > characters_per_line then .[:characters_per_line] + "…" else . end;

def document: type == "string" and startswith("{") and ((try fromjson catch null) | type) == "object";

# The note of an indicator, or what else a document holds for a key.
def note:
  if . == null or . == "" then ""
  elif type == "object" then [(.note // empty), (.expires // empty | "expires \(.)")] | join(", ")
  else tostring end;

# An object without some of its attributes; an empty one for null.
def without($keys): if type == "object" then with_entries(select(.key as $key | $keys | index([$key]) | not)) else {} end;

# What says nothing to a reader: the console's book-keeping, and settings that were left at their defaults.
def bookkeeping: ["created_at", "creator", "id", "imported", "not_recommended", "rule_category", "source"];
def default: {key: "allow_any", value: false}, {key: "on_existing", value: "error"};
def telling: with_entries(select([. == default] | any | not)) | without(bookkeeping);

# The leaves of a value, as {key, value}: attributes with their values, the elements of lists, the entries of documents.
def leaves($path):
  if . == null then empty
  elif document then fromjson | to_entries[] | {key: "\($path): \(.key)", value: (.value | note)}
  elif type == "object" then to_entries[] | .key as $key | .value | leaves(if $path == "" then $key else "\($path).\($key)" end)
  elif type == "array" then .[] | {key: "\($path): \(if type == "string" then . else tojson end)", value: ""}
  else {key: "\($path):", value: tojson} end;

def flat: [leaves("")] | from_entries;

def pair($name): if . == "" then $name elif $name | endswith(":") then "\($name) \(.)" else "\($name) (\(.))" end;

# What differs between two sides of a change, line by line.
def differences($before; $after):
  ($before + $after | keys[]) as $name
  | if ($before | has($name) | not) then "+ \($after[$name] | pair($name))"
    elif ($after | has($name) | not) then "- \($before[$name] | pair($name))"
    elif $before[$name] != $after[$name] then "! \($before[$name] | pair($name)) -> \($after[$name])"
    else empty end
  | line;

# The top-level attributes that are marked, in whole or in part.
def marked: if type == "object" then [to_entries[] | select([.value | .. | select(. == true)] != []) | .key] else [] end;

def verb:
  {
    "no-op": "is imported", "create": "is created", "update": "changes", "delete": "is destroyed",
    "delete create": "is replaced", "create delete": "is replaced", "forget": "is forgotten, not destroyed"
  }[.actions | join(" ")] // "is planned: \(.actions | join(", "))";

def object:
  .address as $address | .change
  | (.after_unknown | marked) as $unknown
  | ((.before_sensitive | marked) + (.after_sensitive | marked) | unique) as $secret
  | [differences(.before | without($unknown + $secret) | telling | flat; .after | without($unknown + $secret) | telling | flat)] as $lines
  | "# \($address) \(verb)" | line,
    $lines[:lines_per_object][],
    ($lines[lines_per_object:] | if . == [] then empty else "# … and \(length) more lines" end),
    ($unknown - bookkeeping | if . == [] then empty else "# known after the apply: \(join(", "))" end),
    ($secret | if . == [] then empty else "# sensitive, not shown: \(join(", "))" end),
    "";

def count($action): [.[] | select(.change.actions | index([$action]))] | length;

def checks: .checks[]? | select(.status == "fail" or .status == "error")
  | "# \(.address.to_display) fails: \([.instances[]?.problems[]?.message] | join(" "))" | line;

. as $plan
| [.resource_changes[]? | select(.change.importing or (.change.actions | . != ["no-op"] and . != ["read"]))]
| sort_by(.address) as $objects
| [($objects[] | object), ($plan | checks)] as $body
| ([$objects[] | select(.change.importing)] | length) as $imports
| "### \($scope): " + (if $changes == "0" then "no changes" else
    (if $imports > 0 then "\($imports) to import, " else "" end) +
    "\($objects | count("create")) to add, \($objects | count("update")) to change, \($objects | count("delete")) to destroy" +
    (if $objects == [] then "; only outputs or addresses change" else "" end) end),
  "",
  (if $body == [] then empty else "```diff", $body[], "```", "" end)
