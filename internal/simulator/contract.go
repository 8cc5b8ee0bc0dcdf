package simulator

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

//go:embed contract/openapi.yaml
var openapiDocument []byte

// contract is the OpenAPI description that requests and answers are held to. It never changes once loaded.
type contract struct {
	doc    *openapi3.T
	routes map[string]*routers.Route // by method and path, "GET /sites"
}

// loadContract reads the description once for all consoles of a process.
var loadContract = sync.OnceValues(func() (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapiDocument)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	k := &contract{doc: doc, routes: map[string]*routers.Route{}}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			k.routes[method+" "+path] = &routers.Route{
				Spec: doc, Path: path, PathItem: item, Method: method, Operation: operation,
			}
		}
	}
	return k, nil
})

// formats are the contract's own string formats.
var formats = openapi3.WithStringFormatValidators(map[string]openapi3.StringFormatValidator{
	"identifier": openapi3.NewCallbackValidator(checkIdentifier),
	"timestamp":  openapi3.NewCallbackValidator(checkTimestamp),
})

var (
	errIdentifier      = errors.New("not an identifier")
	errSmallIdentifier = errors.New("a number too small for an identifier")
	errTimestamp       = errors.New("not a timestamp")
)

// checkIdentifier accepts decimal numbers of at least 18 digits: the swagger's minimum is 10^17.
func checkIdentifier(text string) error {
	switch {
	case text == "" || strings.Trim(text, "0123456789") != "":
		return errIdentifier
	case len(text) < 18 || text[0] == '0':
		return errSmallIdentifier
	}
	return nil
}

func checkTimestamp(text string) error {
	if _, err := time.Parse(time.RFC3339Nano, text); err != nil {
		return errTimestamp
	}
	return nil
}

// checkRequest holds a request to its operation. What is wrong comes back as the refusal that the console answers.
func checkRequest(route *routers.Route, r *http.Request, b Behaviour) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return invalid("Invalid input.") // Go's own reader would leave the bad part out, and a filter with it.
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch known := queryParameter(route, name) != nil; {
		case !known && !b.IgnoreUnknownQuery:
			return invalid("%s: %s", name, unknownField)
		case known && len(query[name]) > 1: // Whether a console takes the first, the last or all is not known.
			return invalid("%s: Given more than once.", name)
		}
	}
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json") // The API speaks nothing else; some clients don't say so.
	}
	err = openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request:    r,
		PathParams: pathArguments(route, r),
		Route:      route,
		Options: &openapi3filter.Options{
			MultiError:              true,
			SkipSettingDefaults:     true,
			AuthenticationFunc:      openapi3filter.NoopAuthenticationFunc, // Who calls is known already.
			SchemaValidationOptions: []openapi3.SchemaValidationOption{formats},
		},
	})
	if err != nil {
		return invalid("%s", explain(err))
	}
	return nil
}

// queryArguments reads a query that has passed: parameters that are lists are comma separated.
func queryArguments(route *routers.Route, query url.Values) arguments {
	args := arguments{}
	for name := range query {
		p := queryParameter(route, name)
		if p != nil && p.Schema.Value.Type.Is(openapi3.TypeArray) {
			args[name] = strings.Split(query.Get(name), ",")
		} else {
			args[name] = []string{query.Get(name)}
		}
	}
	return args
}

// pathArguments returns what stands in the path where the route has a name in braces.
func pathArguments(route *routers.Route, r *http.Request) map[string]string {
	args := map[string]string{}
	for _, p := range route.Operation.Parameters {
		if p.Value.In == openapi3.ParameterInPath {
			args[p.Value.Name] = r.PathValue(p.Value.Name)
		}
	}
	return args
}

// pathID returns the id in the path, or ""; no path has two.
func pathID(route *routers.Route, r *http.Request) string {
	for _, id := range pathArguments(route, r) {
		return id
	}
	return ""
}

func queryParameter(route *routers.Route, name string) *openapi3.Parameter {
	return route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
}
