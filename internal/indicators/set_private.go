package indicators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// astrayObjects is where a Read or an apply tells the next plan how many objects of a set are not what they are to be: rules
// that do something else or contradict each other, entries that could not be deleted. No attribute can: what such an object
// holds may be wanted no longer, and it has to go all the same.
const astrayObjects = "astray_objects"

// noteAstray tells how many objects are astray.
func noteAstray(ctx context.Context, private interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}, count int, diags *diag.Diagnostics,
) {
	diags.Append(private.SetKey(ctx, astrayObjects, fmt.Append(nil, count))...)
}

// isAstray tells whether some objects were astray.
func isAstray(ctx context.Context, private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}, diags *diag.Diagnostics,
) bool {
	count, problems := private.GetKey(ctx, astrayObjects)
	diags.Append(problems...)
	return len(count) > 0 && string(count) != "0"
}
