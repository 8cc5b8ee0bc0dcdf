package main

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"terraform-provider-sentinelone/internal/acctest"
)

// story is the demonstration, step by step. Each step fails the whole when it does not show what it is for.
type story struct {
	narrator
	workspace *acctest.Workspace
	console   console
}

// Exit codes of terraform plan -detailed-exitcode.
const (
	done    = 0
	changes = 2
)

// What is worth reading of an apply's output; the rest is each attribute of each object.
var (
	applied   = only(`^(\S+: (Creation|Modifications|Destruction) complete|Apply complete|Destroy complete|Plan:)`)
	initiated = only(`has been successfully initialized`)
	unchanged = only(`^No changes`)
	drift     = but(`: Reading\.\.\.|: Read complete|: Refreshing state\.\.\.`)
)

func (s story) tell(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		s.block, s.planAgain, s.tamper, s.findDrift, s.repair, s.destroy,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.say("Done", "The console is as empty as before, and nothing is left running.")
	return nil
}

func (s story) block(ctx context.Context) error {
	s.say("Block the indicators of examples/quickstart/indicators.csv",
		"Addresses, networks and domains become firewall rules, one for each campaign; file hashes become blocklist "+
			"entries. A check makes sure that Firewall Control is on.")
	if err := s.terraform(ctx, initiated, done, "init"); err != nil {
		return err
	}
	if err := s.terraform(ctx, applied, done, "apply", "-auto-approve"); err != nil {
		return err
	}
	return s.console.show(ctx)
}

func (s story) planAgain(ctx context.Context) error {
	s.say("Plan again", "What the console holds is what the code says: there is nothing to do.")
	return s.terraform(ctx, unchanged, done, "plan", "-detailed-exitcode")
}

func (s story) tamper(ctx context.Context) error {
	s.say("Somebody changes things in the console",
		"Through the API, behind Terraform's back: one rule is disabled, one blocklist entry deleted.")
	return s.console.tamper(ctx)
}

func (s story) findDrift(ctx context.Context) error {
	s.say("Terraform reports the drift", "A scheduled plan would end with exit code 2 here.")
	return s.terraform(ctx, drift, changes, "plan", "-detailed-exitcode")
}

func (s story) repair(ctx context.Context) error {
	s.say("Repair it", "Apply enforces the code again, and touches nothing else.")
	if err := s.terraform(ctx, applied, done, "apply", "-auto-approve"); err != nil {
		return err
	}
	return s.terraform(ctx, unchanged, done, "plan", "-detailed-exitcode")
}

func (s story) destroy(ctx context.Context) error {
	s.say("Take everything away again", "What the code made, and nothing else.")
	if err := s.terraform(ctx, applied, done, "destroy", "-auto-approve"); err != nil {
		return err
	}
	return s.console.mustBeEmpty(ctx)
}

// lines chooses the lines of an output that are worth reading.
type lines func(line string) bool

func only(pattern string) lines { return regexp.MustCompile(pattern).MatchString }

func but(pattern string) lines {
	matches := regexp.MustCompile(pattern).MatchString
	return func(line string) bool { return !matches(line) }
}

// terraform runs the CLI and prints what is worth reading. All of it is printed when it does not end as it should.
func (s story) terraform(ctx context.Context, worth lines, want int, args ...string) error {
	s.printf("$ terraform %s\n", strings.Join(args, " "))
	var output strings.Builder
	code, err := s.workspace.Run(ctx, &output, append(args, "-no-color")...)
	if err != nil {
		return err
	}
	shown := 0
	for line := range strings.Lines(output.String()) {
		if worth(line) {
			s.printf("  %s", line)
			shown++
		}
	}
	if code != want || shown == 0 {
		return fmt.Errorf("terraform %s ended with exit code %d, not %d, and said:\n%s", args[0], code, want, &output)
	}
	return nil
}

// narrator tells what happens.
type narrator struct{ out io.Writer }

// say announces a step.
func (n narrator) say(title, text string) { n.printf("\n=== %s\n%s\n\n", title, text) }

func (n narrator) printf(format string, args ...any) { _, _ = fmt.Fprintf(n.out, format, args...) }
