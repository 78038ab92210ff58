#pragma once

#include <string>

#include "cli/render/lists.h"
#include "cli/render/table.h"
#include "cli/session.h"
#include "xai/management/audit_events.h"

namespace xai::cli {

/// Prints audit events in the format asked for, each as it comes.
class EventList {
 public:
  explicit EventList(Session& session);

  /// Whether the format asked for is that of the documents themselves.
  [[nodiscard]] bool shows_documents() const;

  /// The document of an event, in canonical names.
  void add(json::Value document);
  /// An event in a format of our own.
  void add(const management::AuditEvent& event);

  /// Writes out all that was added; false once that failed.
  bool flush();

  /// The end of a list that is whole.
  void end();

 private:
  void add_csv(const management::AuditEvent& event);
  void add_text(const management::AuditEvent& event);

  Session* session_;
  JsonArray array_;
  Table table_;
  std::string line_{};
};

}  // namespace xai::cli
