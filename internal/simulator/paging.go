package simulator

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

const defaultPageSize = 10 // when a query has no limit

// pagination is the part of a list answer that is not rows.
type pagination struct {
	TotalItems int     `json:"totalItems"`
	NextCursor *string `json:"nextCursor"`
}

// listing knows how rows of one kind are put in order.
type listing[T any] struct {
	noun    string // of a cursor: the swagger's example decodes to "agent_id:58029381"
	id      func(*T) string
	columns map[string]func(*T) sortKey // by sortBy; "id" goes without saying
}

// sortKey is a column's value, a number or a text.
type sortKey struct {
	number int64
	text   string
}

// byText, byNumber, byTime and byFlag make columns of what rows have.
func byText[T any](field func(*T) string) func(*T) sortKey {
	return func(row *T) sortKey { return sortKey{text: field(row)} }
}

func byNumber[T any](field func(*T) int) func(*T) sortKey {
	return func(row *T) sortKey { return sortKey{number: int64(field(row))} }
}

func byTime[T any](field func(*T) time.Time) func(*T) sortKey {
	return func(row *T) sortKey { return sortKey{number: field(row).UnixMicro()} }
}

func byFlag[T any](field func(*T) bool) func(*T) sortKey {
	return func(row *T) sortKey {
		if field(row) {
			return sortKey{number: 1}
		}
		return sortKey{}
	}
}

// position is a place in the order: a column's value, and the id where values are equal. A cursor is a position, not
// an offset, so rows that come and go between two pages make no other row appear twice or not at all.
type position struct {
	key sortKey
	id  string
}

func (p position) compare(q position) int {
	return cmp.Or(
		cmp.Compare(p.key.number, q.key.number),
		strings.Compare(p.key.text, q.key.text),
		compareIDs(p.id, q.id),
	)
}

// compareIDs compares decimal numbers of any length.
func compareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// page returns the rows that the call's query asks for, in order, and where the next page starts. It looks at each row
// once and keeps no more than two pages, however many rows there are. Without sortBy the order is that of the ids;
// which one a real console takes is not known.
func (l listing[T]) page(c *call, rows iter.Seq[*T], wanted []predicate[T]) ([]*T, pagination, error) {
	sortBy := cmp.Or(c.query.first("sortBy"), "id")
	after, err := l.decode(c.query.first("cursor"), sortBy)
	if err != nil {
		return nil, pagination{}, err
	}
	direction := 1
	if c.query.first("sortOrder") == "desc" {
		direction = -1
	}
	skip, size := c.window()
	first := selection[T]{size: skip + size + 1, direction: direction} // One more tells whether there is a next page.
	key := l.columns[sortBy]
	total := 0
	for row := range rows {
		if !all(wanted, row) {
			continue
		}
		total++
		at := position{id: l.id(row)}
		if key != nil {
			at.key = key(row)
		}
		if after == nil || direction*at.compare(*after) > 0 {
			first.add(ranked[T]{at, row})
		}
	}
	if c.query.is("skipCount") && !c.behaviour.CountSkipped {
		total = 0
	}
	p := pagination{TotalItems: total}
	if c.query.is("countOnly") {
		return nil, p, nil
	}
	found := first.sorted()
	found = found[min(skip, len(found)):]
	if len(found) > size {
		found = found[:size]
		p.NextCursor = new(l.encode(found[size-1].position, sortBy))
	}
	c.shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	return rowsOf(found), p, nil
}

// window returns how many rows to skip and how many to return at most.
func (c *call) window() (skip, size int) {
	if c.query.is("disablePagination") {
		return 0, math.MaxInt - 1
	}
	size = defaultPageSize
	if n, err := strconv.Atoi(c.query.first("limit")); err == nil {
		size = n
	}
	if c.pageSize > 0 {
		size = min(size, c.pageSize)
	}
	skip, err := strconv.Atoi(c.query.first("skip"))
	if err != nil {
		skip = 0
	}
	return skip, size
}

// encode makes a cursor: "rule_id:58029381", or "rule_id:58029381,name:0:block smb" when sorted by another column.
func (l listing[T]) encode(p position, sortBy string) string {
	text := l.noun + "_id:" + p.id
	if sortBy != "id" {
		text += fmt.Sprintf(",%s:%d:%s", sortBy, p.key.number, p.key.text)
	}
	return base64.StdEncoding.EncodeToString([]byte(text))
}

// decode reads a cursor. One of another list, or of another sortBy, is refused.
func (l listing[T]) decode(cursor, sortBy string) (*position, error) {
	if cursor == "" {
		return nil, nil //nolint:nilnil // No cursor is no position, and no error.
	}
	bad := invalid("cursor: Not a valid cursor.")
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return nil, bad
	}
	id, column, sorted := strings.Cut(string(text), ",")
	id, ours := strings.CutPrefix(id, l.noun+"_id:")
	if !ours || sorted != (sortBy != "id") {
		return nil, bad
	}
	p := position{id: id}
	if sorted {
		value, same := strings.CutPrefix(column, sortBy+":")
		number, text, _ := strings.Cut(value, ":")
		if p.key.number, err = strconv.ParseInt(number, 10, 64); err != nil || !same {
			return nil, bad
		}
		p.key.text = text
	}
	return &p, nil
}

// ranked is a row with its place in the order, which is worked out once.
type ranked[T any] struct {
	position
	row *T
}

func rowsOf[T any](list []ranked[T]) []*T {
	rows := make([]*T, len(list))
	for i, r := range list {
		rows[i] = r.row
	}
	return rows
}

// selection keeps the first rows of an order without keeping, or sorting, all of them.
type selection[T any] struct {
	size      int
	direction int // 1 is ascending, -1 descending
	kept      []ranked[T]
	full      bool // there are enough rows: only one before the last of them is of interest
}

func (s *selection[T]) add(r ranked[T]) {
	if s.full && s.compare(r, s.kept[s.size-1]) >= 0 {
		return
	}
	s.kept = append(s.kept, r)
	if len(s.kept)/2 >= s.size {
		s.kept = s.sorted()
		s.full = true
	}
}

// sorted returns the first rows in order, at most the selection's size.
func (s *selection[T]) sorted() []ranked[T] {
	slices.SortFunc(s.kept, s.compare)
	return s.kept[:min(s.size, len(s.kept))]
}

func (s *selection[T]) compare(a, b ranked[T]) int {
	return s.direction * a.compare(b.position)
}
