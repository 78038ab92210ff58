#include <algorithm>
#include <memory>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/audit/audit.h"
#include "cli/commands/audit/cursor.h"
#include "cli/commands/audit/event_list.h"
#include "cli/render/text.h"
#include "cli/values.h"
#include "client/pages.h"
#include "wire/audit_events.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::cli {

using namespace management;

namespace {

constexpr std::int32_t page_size_max = 100;
constexpr std::int32_t tail_events = 10;

struct AuditInput {
  std::string since{};
  std::string until{};
  std::string user{};
  std::string query{};
  std::optional<std::int32_t> limit{};
  bool is_oldest_first{};
  bool is_following{};
  std::string interval{"10s"};
  std::string cursor{};

  /// Following and cursors go the way that time goes.
  [[nodiscard]] bool goes_forward() const {
    return is_oldest_first || is_following || !cursor.empty();
  }
};

class Listing {
 public:
  Listing(Session& session, const AuditInput& input)
      : session_{&session},
        input_{&input},
        trail_{input.goes_forward(), input.is_following || !input.cursor.empty()
                                         ? audit_overlap
                                         : std::chrono::seconds{}},
        list_{session} {}

  Status run() {
    request_ = TRY(request_of_input());
    if (!input_->cursor.empty()) TRY(load_cursor(*session_, input_->cursor, trail_));
    if (trail_.furthest()) request_.event_time_from = trail_.resume_from();
    if (input_->is_following) return follow();
    TRY(walk(request_));
    list_.end();
    session_->messages().progress("");
    say_footer();
    return ExitCode::done;
  }

 private:
  using Page = client::Answer<ListAuditEventsResponse>;

  Result<ListAuditEvents> request_of_input() {
    ListAuditEvents request{.user_id = input_->user, .query = input_->query};
    request.order_by = input_->goes_forward() ? "TIME_ASCENDING" : "TIME_DESCENDING";
    if (!input_->since.empty())
      request.event_time_from = TRY(parse_past("--since", input_->since, session_->now()));
    if (!input_->until.empty())
      request.event_time_to = TRY(parse_past("--until", input_->until, session_->now()));
    return request;
  }

  [[nodiscard]] bool is_full() const {
    return input_->limit && shown_ >= static_cast<std::size_t>(*input_->limit);
  }

  /// Whether there is any use in going on.
  [[nodiscard]] bool is_over() const { return is_full() || session_->output().error() != 0; }

  /// All pages of `request`, as far as the limit allows.
  Result<void> walk(ListAuditEvents request) {
    if (input_->limit) request.page_size = std::clamp(*input_->limit, 1, page_size_max);
    const Client* client = TRY(session_->client());
    client::PageWalk<ListAuditEvents> walk{*client, std::move(request), client::Lists::left};
    while (auto page = walk.next()) {
      auto answer = TRY(std::move(*page));
      TRY(take_page(answer));
      if (is_full() && !walk.is_finished()) is_cut_ = true;
      if (is_over()) break;
      session_->messages().progress(counted(shown_, "event") + " so far");
    }
    return {};
  }

  Result<void> take_page(Page& page) {
    trail_.begin_page();
    const auto documents =
        wire::canonical<ListAuditEventsResponse>(page.document.root(), page.document.arena())
            .find("events")
            .items();
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (is_full()) {
        is_cut_ = true;
        break;
      }
      // The newest page of a list that is followed is shown the way that time goes.
      const json::Value document = documents[is_reversed_ ? documents.size() - 1 - i : i];
      std::optional<AuditEvent> event;
      const auto mark = mark_of(document);
      if (!mark) event = TRY(read_event(document));
      const Mark known = mark ? *mark : mark_of(*event);
      if (!trail_.take(known.time, known.id)) continue;
      if (known.time) earliest_ = std::min(*known.time, earliest_.value_or(*known.time));
      if (event && !list_.shows_documents())
        list_.add(*event);
      else
        list_.add(document);
      ++shown_;
    }
    // The reader has these before the next page is asked for, and before the cursor says so.
    if (list_.flush() && !input_->cursor.empty())
      TRY(save_cursor(*session_, input_->cursor, trail_));
    return {};
  }

  /// What tells an event from the others.
  struct Mark {
    std::optional<Timestamp> time{};
    std::string_view id{};
  };

  /// Of an event that is shown as its document, which is read no further; none where that is not
  /// enough.
  [[nodiscard]] std::optional<Mark> mark_of(json::Value document) const {
    if (!list_.shows_documents()) return std::nullopt;
    const json::Value id = document.find("eventId");
    const Mark mark{base::parse_rfc3339(document.find("eventTime").text()), id.text()};
    return mark.time && id.is_string() && !mark.id.empty() ? std::optional{mark} : std::nullopt;
  }

  static Mark mark_of(const AuditEvent& event) {
    return {event.event_time, event.event_id.empty() ? event.description : event.event_id};
  }

  static Result<AuditEvent> read_event(json::Value document) {
    auto event = wire::decode<AuditEvent>(document);
    if (event) return *std::move(event);
    return std::unexpected(client::malformed_answer(
        std::move(event).error(), wire::descriptor_of<ListAuditEvents>().retry, 200, {}));
  }

  Status follow() {
    const auto interval = base::parse_span(input_->interval).value_or(std::chrono::seconds{10});
    const bool begins_anew = !request_.event_time_from;
    if (begins_anew && input_->cursor.empty()) {
      const Status begun = end_of_poll(show_tail());
      if (!begun) return begun;
    }
    const std::optional<Timestamp> floor = request_.event_time_from;
    while (!is_over() && session_->interrupted() == 0) {
      if (const auto from = trail_.resume_from())
        request_.event_time_from = floor ? std::max(*from, *floor) : *from;
      const Status polled = end_of_poll(walk(request_));
      if (!polled) return polled;
      if (!is_over() && session_->interrupted() == 0)
        session_->sleep(std::chrono::milliseconds{interval});
    }
    return session_->interrupted() == 0 ? ExitCode::done : ExitCode::interrupted;
  }

  /// The last few events; what is older than them is left alone from then on.
  Result<void> show_tail() {
    ListAuditEvents newest = request_;
    newest.order_by = "TIME_DESCENDING";
    newest.page_size = std::min(tail_events, input_->limit.value_or(tail_events));
    const Client* client = TRY(session_->client());
    client::PageWalk<ListAuditEvents> walk{*client, std::move(newest), client::Lists::left};
    auto page = walk.next();
    if (!page) return {};
    auto answer = TRY(std::move(*page));
    is_reversed_ = true;
    TRY(take_page(answer));
    is_reversed_ = false;
    request_.event_time_from = earliest_;
    return {};
  }

  /// A poll that failed for a while is no reason to stop following; a signal is no failure.
  Status end_of_poll(Result<void> poll) {
    if (poll) {
      is_troubled_ = false;
      return ExitCode::done;
    }
    if (session_->interrupted() != 0 && poll.error().kind == ErrorKind::cancelled)
      return ExitCode::done;
    if (exit_code_of(poll.error()) != ExitCode::try_later)
      return std::unexpected{std::move(poll).error()};
    if (!is_troubled_) session_->messages().warn("no new events for now: " + poll.error().message);
    is_troubled_ = true;
    return ExitCode::done;
  }

  void say_footer() {
    if (is_cut_)
      session_->messages().note("the list was cut after " + counted(shown_, "event") +
                                "; there are more, leave out --limit to see them all");
    else if (shown_ == 0 && session_->format() == Format::text)
      session_->messages().note(input_->cursor.empty() ? "no event matches" : "no new events");
  }

  Session* session_;
  const AuditInput* input_;
  ListAuditEvents request_{};
  EventTrail trail_;
  EventList list_;
  std::size_t shown_{};
  std::optional<Timestamp> earliest_{};  ///< Of what was shown.
  bool is_cut_{};
  bool is_reversed_{};
  bool is_troubled_{};  ///< The last poll failed, and that was said.
};

Result<void> check(const AuditInput& input, Format format) {
  const auto interval = base::parse_span(input.interval);
  if (!interval || interval->count() == 0)
    return usage_failure("--interval wants a span such as 10s, not " + in_quotes(input.interval));
  if (input.is_following && !input.until.empty())
    return usage_failure("--follow has no end, so that --until cannot go with it");
  // An array that is never closed, or closed anew by each run, cannot be read.
  if (format == Format::json && (input.is_following || !input.cursor.empty()))
    return usage_failure(
        std::string{input.is_following ? "--follow" : "--cursor"} + " cannot go with --output json",
        "use --output jsonl");
  return {};
}

}  // namespace

Run declare_list_audit_events(Options& options) {
  auto input = std::make_shared<AuditInput>();
  options.option("--since", input->since, "WHEN", "From then on: 7d, a date, or an RFC 3339 time");
  options.option("--until", input->until, "WHEN", "Only until then");
  options.option("--user", input->user, "ID", "Only what this user did");
  options.option("--query", input->query, "WORDS", "Only events whose description has these words");
  options.option("--limit", input->limit, "N", "Stop after N events");
  options.flag("--oldest-first", input->is_oldest_first, "The oldest first instead of the newest");
  options.flag("--follow", input->is_following, "Go on and show new events as they come");
  options.option("--interval", input->interval, "SPAN", "How often --follow looks")
      .with_default("10s");
  options.option("--cursor", input->cursor, "FILE", "Go on where the last run with FILE stopped");
  return [input](Session& session) -> Status {
    TRY(check(*input, session.format()));
    return Listing{session, *input}.run();
  };
}

}  // namespace xai::cli
