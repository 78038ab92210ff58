#pragma once

#include <gtest/gtest.h>

#include <string>

#include "fakes/answers_by_path.h"
#include "fakes/audit_log.h"
#include "workflows/account_fixture.h"
#include "xai/management/audit_trail.h"

namespace xai::workflows::test {

/// An account in front of an audit log, and the cursor of its polls.
struct AuditTest : testing::Test {
  AuditTest() {
    service.replies["events"] = [this](const management::HttpRequest& request) {
      return log.reply(request);
    };
    account.reach_through(service.serve());
  }

  /// The ids of what is new since the last call, up to the end.
  std::string poll() {
    std::string ids;
    management::AuditPoll polled{.has_more = true};
    while (polled.has_more) {
      polled = management::poll_audit_events(*account, query, cursor).value();
      for (const management::AuditEvent& event : polled.events) ids += event.event_id + " ";
      cursor = polled.cursor;
    }
    return ids;
  }

  fakes::AuditLog log{};
  fakes::AnswersByPath service{};
  EmulatedAccount account{};
  management::AuditQuery query{};
  std::string cursor{};
};

}  // namespace xai::workflows::test
