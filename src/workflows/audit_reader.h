#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "workflows/ask.h"
#include "workflows/audit_trail.h"
#include "xai/management/audit_trail.h"

namespace xai::workflows {

/// An event that was not read before.
struct NewEvent {
  json::Value document{};  ///< In canonical names.
  /// None where only documents are wanted, and this one tells the event from the others.
  std::optional<management::AuditEvent> event{};
};

/// What becomes of new events, page by page.
struct EventTaker {
  bool wants_documents{};           ///< Events are read no further than need be.
  std::function<bool()> is_full{};  ///< Asked before each event and after each page.
  std::function<void(const NewEvent&)> take{};
  std::function<management::Result<Walk>()> end_page{};
};

/// Reads audit events, none of them twice.
class AuditReader {
 public:
  /// `overlap` is that of an EventTrail.
  AuditReader(management::AuditQuery query, EventOrder order, std::chrono::seconds overlap,
              std::optional<std::int32_t> page_size = {});

  /// Where it has come to.
  [[nodiscard]] std::string cursor() const { return trail_.text(); }
  /// Goes on where a reader had come to. An empty cursor is a beginning.
  /// Errors: invalid_argument, not sent, for what is no cursor; elsewhere, for one of another team,
  /// service or filter; those of asking for the team.
  management::Result<void> resume(const Call& call, const std::string& cursor);

  /// Reads all pages of what may be new, as far as the taker wants. Answers whether the taker was
  /// full before the end.
  management::Result<bool> poll(const Call& call, const EventTaker& taker);

  /// The last `count` events, the oldest first. What is older is left alone from then on.
  management::Result<void> poll_tail(const Call& call, std::int32_t count, const EventTaker& taker);

 private:
  using Page = client::Answer<management::ListAuditEventsResponse>;

  /// What to ask for next.
  [[nodiscard]] management::ListAuditEvents next_request() const;
  management::Result<bool> take_page(const Call& call, Page& page, const EventTaker& taker,
                                     bool is_reversed = false);
  management::Result<std::optional<NewEvent>> take(json::Value document, bool wants_documents);

  management::ListAuditEvents request_{};
  EventTrail trail_;
  bool has_overlap_;                                 ///< Whether the list is to be gone on with.
  std::optional<management::Timestamp> earliest_{};  ///< Of what was taken.
};

}  // namespace xai::workflows
