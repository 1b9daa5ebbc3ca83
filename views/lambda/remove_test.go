package lambda_test

import (
	"strings"
	"testing"

	"straws/awsclient/demo"
)

// deleted is how many functions AWS was asked to delete.
func (s screen) deleted() int { return len(s.account.Calls("lambda:DeleteFunction")) }

func typed(text string) []string { return append(strings.Split(text, ""), "enter") }

func TestDeleteAFunction(t *testing.T) {
	for _, from := range []string{"list", "page"} {
		t.Run("from the "+from, func(t *testing.T) {
			s := list(t).on("echo")
			if from == "page" {
				s.Keys("enter").Want("Answers with its event")
			}
			s.Keys("D").Want("Delete function in acme-prod", "versions and aliases go too", "event source mappings, its log group", "needs lambda:DeleteFunction", "type  echo  to delete")
			s.Keys("enter").Want("that is not it")
			s.Keys("esc").Want("nothing was done")
			s.Keys("D", "y", "enter", "esc")
			if s.deleted() != 0 {
				t.Fatal("it was deleted without its name")
			}
			s.Keys("D").Keys(typed("echo")...)
			s.Want("delete echo: done")
			if from == "page" {
				s.Want("Function not found").Keys("esc")
			}
			s.Keys("esc").Want("8 functions").Lack("Answers with its event")
			if s.deleted() != 1 {
				t.Errorf("AWS was asked %d times", s.deleted())
			}
		})
		t.Run("denied from the "+from, func(t *testing.T) {
			s := list(t).on("echo")
			if from == "page" {
				s.Keys("enter")
			}
			s.account.Fail("lambda:DeleteFunction", demo.Denied)
			s.Keys("D").Keys(typed("echo")...)
			s.Want("not allowed: lambda:DeleteFunction", "echo")
			s.Keys("t").Want("failed")
		})
		t.Run("read-only from the "+from, func(t *testing.T) {
			s := with(t, "lambda", 120, 40, setup{readOnly: true}).on("echo")
			if from == "page" {
				s.Keys("enter")
			}
			s.Keys("D").Want("read-only").Keys(typed("echo")...)
			if s.deleted() != 0 {
				t.Error("it was deleted")
			}
		})
	}
}

func TestDeleteSeveral(t *testing.T) {
	s := list(t)
	s.Keys("/").Type("e").Keys("enter", "g", "space", "space", "D").Want("Delete 2 functions", "type  2  to delete").Keys("2", "enter")
	s.Want("delete functions: 2 done")
	if s.deleted() != 2 {
		t.Errorf("AWS was asked %d times", s.deleted())
	}
}
