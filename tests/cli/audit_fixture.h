#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/money_fixture.h"
#include "fakes/audit_log.h"

namespace xai::cli::test {

using fakes::parameter;
using Filed = fakes::AuditLog::Filed;

/// The program in front of an audit log.
struct Log : MoneyApp, fakes::AuditLog {
  Log() {
    replies["events"] = [this](const management::HttpRequest& request) { return reply(request); };
  }

  /// The ids that were printed, in order.
  [[nodiscard]] std::string ids() const {
    std::string result;
    for (std::size_t place = out.find("\"eventId\":\""); place != std::string::npos;
         place = out.find("\"eventId\":\"", place + 1))
      result += out.substr(place + 11, out.find('"', place + 11) - place - 11) + " ";
    return result;
  }

  int list(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list-audit-events", "--output", "jsonl"});
    return run(std::move(arguments));
  }
};

}  // namespace xai::cli::test
