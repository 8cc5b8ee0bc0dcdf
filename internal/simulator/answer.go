package simulator

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// The bodies of answers. A live console sends no `errors` key with them.
type (
	single struct {
		Data any `json:"data"`
	}
	list struct {
		Data       any        `json:"data"`
		Pagination pagination `json:"pagination"`
	}
)

// rows is the data of a list whose rows are encoded, and held to the contract, one by one.
type rows []any

func rowsFrom[T, V any](list []*T, view func(*T) V) rows {
	views := make(rows, len(list))
	for i, row := range list {
		views[i] = view(row)
	}
	return views
}

func affected(n int) single {
	return single{map[string]int{"affected": n}}
}

func succeeded() single {
	return single{map[string]bool{"success": true}}
}

// maxChecked bounds the memory of a rowChecker: at 32 bytes and some overhead each, about 100 MB.
const maxChecked = 1 << 20

// rowChecker encodes answers and holds them to the contract. Checking a page of 1000 rules takes about 35 ms, ten times
// what encoding it takes. Most rows are sent again and again, so a row whose very bytes have passed is not checked a
// second time, which leaves about 1 ms for taking their digests. Everything around the rows is checked each time.
type rowChecker struct {
	mu     sync.Mutex
	passed map[checkedRow]bool
}

type checkedRow struct {
	schema *openapi3.Schema
	digest [sha256.Size]byte
}

// encode returns the body as JSON, if it is what the route's contract says.
func (k *rowChecker) encode(route *routers.Route, body any) ([]byte, error) {
	schema := answerSchema(route, 200)
	page, isList := body.(list)
	data, inRows := page.Data.(rows)
	if !isList || !inRows {
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("encode: %w", err)
		}
		return encoded, checkJSON(schema, encoded)
	}
	frame, err := json.Marshal(list{Data: rows{}, Pagination: page.Pagination})
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	if err := checkJSON(schema, frame); err != nil {
		return nil, err
	}
	item := schema.Properties["data"].Value.Items.Value
	encoded := make([]json.RawMessage, len(data))
	for i, row := range data {
		if encoded[i], err = json.Marshal(row); err != nil {
			return nil, fmt.Errorf("encode: %w", err)
		}
		if err := k.checkRow(item, encoded[i]); err != nil {
			return nil, fmt.Errorf("row %d: %w", i, err)
		}
	}
	return json.Marshal(list{Data: encoded, Pagination: page.Pagination})
}

func (k *rowChecker) checkRow(schema *openapi3.Schema, encoded []byte) error {
	row := checkedRow{schema, sha256.Sum256(encoded)}
	k.mu.Lock()
	known := k.passed[row]
	k.mu.Unlock()
	if known {
		return nil
	}
	if err := checkJSON(schema, encoded); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.passed == nil || len(k.passed) >= maxChecked {
		k.passed = map[checkedRow]bool{}
	}
	k.passed[row] = true
	return nil
}

// answerSchema returns what an operation may answer with a status; all that is not declared is a refusal.
func answerSchema(route *routers.Route, status int) *openapi3.Schema {
	response := route.Operation.Responses.Value(strconv.Itoa(status))
	if response == nil {
		response = route.Operation.Responses.Default()
	}
	return response.Value.Content.Get("application/json").Schema.Value
}

func checkJSON(schema *openapi3.Schema, encoded []byte) error {
	var value any
	if err := json.Unmarshal(encoded, &value); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return schema.VisitJSON(value, openapi3.VisitAsResponse(), formats)
}
