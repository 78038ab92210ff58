#include "cli/exit_code.h"

#include <gtest/gtest.h>

namespace xai::cli {
namespace {

using management::ErrorKind;
using management::Outcome;

struct Case {
  ErrorKind kind;
  Outcome outcome;
  ExitCode code;
};

class ExitCodes : public ::testing::TestWithParam<Case> {};

TEST_P(ExitCodes, FollowTheErrorAndItsOutcome) {
  const auto [kind, outcome, code] = GetParam();
  EXPECT_EQ(exit_code_of({.kind = kind, .outcome = outcome}), code);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ExitCodes,
    ::testing::Values(
        Case{ErrorKind::invalid_argument, Outcome::not_sent, ExitCode::usage},
        Case{ErrorKind::invalid_argument, Outcome::refused, ExitCode::refused},
        Case{ErrorKind::not_found, Outcome::refused, ExitCode::not_found},
        Case{ErrorKind::unauthenticated, Outcome::not_sent, ExitCode::credentials},
        Case{ErrorKind::unauthenticated, Outcome::refused, ExitCode::credentials},
        Case{ErrorKind::permission_denied, Outcome::refused, ExitCode::credentials},
        Case{ErrorKind::already_exists, Outcome::refused, ExitCode::refused},
        Case{ErrorKind::resource_exhausted, Outcome::refused, ExitCode::refused},
        Case{ErrorKind::resource_exhausted, Outcome::throttled, ExitCode::try_later},
        Case{ErrorKind::unavailable, Outcome::not_sent, ExitCode::try_later},
        Case{ErrorKind::unavailable, Outcome::unanswered, ExitCode::try_later},
        Case{ErrorKind::internal, Outcome::unanswered, ExitCode::try_later},
        Case{ErrorKind::deadline_exceeded, Outcome::unanswered, ExitCode::try_later},
        Case{ErrorKind::unavailable, Outcome::unknown, ExitCode::outcome_unknown},
        Case{ErrorKind::malformed_response, Outcome::unknown, ExitCode::outcome_unknown},
        Case{ErrorKind::malformed_response, Outcome::unanswered, ExitCode::bad_answer},
        Case{ErrorKind::malformed_response, Outcome::refused, ExitCode::bad_answer},
        Case{ErrorKind::failed_precondition, Outcome::not_sent, ExitCode::local_trouble},
        Case{ErrorKind::failed_precondition, Outcome::refused, ExitCode::refused},
        Case{ErrorKind::unknown, Outcome::not_sent, ExitCode::failed}));

}  // namespace
}  // namespace xai::cli
