#pragma once

#include "cli/run_app.h"
#include "fakes/answers_by_path.h"

namespace xai::cli::test {

/// The program in front of a service that answers by the end of the path.
struct MoneyApp : App, fakes::AnswersByPath {
  MoneyApp() {
    now = base::parse_rfc3339("2026-11-23T12:00:00Z").value();
    transport = serve();
  }
};

}  // namespace xai::cli::test
