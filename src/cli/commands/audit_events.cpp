#include <algorithm>
#include <utility>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/command.h"
#include "cli/commands/audit_range.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "cli/render/text.h"
#include "cli/time_options.h"
#include "workflows/audit_reader.h"

namespace xai::cli {

using namespace management;

namespace {

constexpr std::int32_t page_size_max = 100;
constexpr std::int32_t tail_events = 10;

struct AuditInput {
  AuditRangeInput range{};
  std::string user{};
  std::string query{};
  std::optional<std::int32_t> limit{};
  bool is_oldest_first{};
  bool is_following{};
  std::string interval{"10s"};
  std::string cursor{};
  std::string columns{};

  /// Following and cursors go the way that time goes.
  [[nodiscard]] bool goes_forward() const {
    return is_oldest_first || is_following || !cursor.empty();
  }

  void declare(Options& options) {
    options.option("--since", range.since, "WHEN",
                   "Only events since then: 7d, a date, or an RFC 3339 time");
    options.option("--until", range.until, "WHEN", "Only events until then; a date is included");
    options.option("--user", user, "ID", "Only what this user did");
    options.option("--query", query, "WORDS", "Only events whose description has these words");
    options.option("--limit", limit, "N", "Stop after N events").positive();
    options.flag("--oldest-first", is_oldest_first, "The oldest first instead of the newest");
    options.flag("--follow", is_following, "Keep running and show new events as they come");
    options.option("--interval", interval, "SPAN", "How often --follow checks").with_default("10s");
    options.option("--cursor", cursor, "FILE", "Continue where the last run with FILE stopped")
        .of_this_machine();
    declare_columns(options, columns);
  }
};

std::optional<std::int32_t> page_size_of(const AuditInput& input) {
  if (!input.limit) return std::nullopt;
  return std::clamp(*input.limit, 1, page_size_max);
}

class AuditListing {
 public:
  AuditListing(Session& session, const AuditInput& input, const AuditQuery& query,
               List<AuditEvent> list)
      : session_{&session},
        input_{&input},
        reader_{query,
                input.goes_forward() ? workflows::EventOrder::oldest_first
                                     : workflows::EventOrder::newest_first,
                input.is_following || !input.cursor.empty() ? workflows::audit_overlap
                                                            : std::chrono::seconds{},
                page_size_of(input)},
        list_{std::move(list)} {}

  /// Goes on where `cursor` was written; an empty one is a beginning.
  Result<void> resume(const std::string& cursor) {
    auto resumed = cli::run(
        *session_, [&](const workflows::Call& call) { return reader_.resume(call, cursor); });
    if (!resumed && resumed.error().reason == Reason::elsewhere) {
      resumed.error().reason = Reason::local_trouble;
      resumed.error().message =
          "--cursor " + in_quotes(input_->cursor) + ": " + resumed.error().message;
    }
    // Where runs add to one file, a header stands at its beginning only.
    if (!cursor.empty()) list_.leave_header_out();
    return resumed;
  }

  Status list() {
    TRY(poll());
    // With nothing new, nothing is printed.
    if (!input_->cursor.empty()) list_.leave_header_out();
    list_.end(is_cut_ ? "" : input_->cursor.empty() ? "no event matches" : "no new events");
    if (is_cut_)
      session_->messages().note("the list was cut after " + counted(shown_, "event") +
                                "; there are more, leave out --limit to see them all");
    return ExitCode::done;
  }

  /// With a tail, the last few events come first.
  Status follow(bool has_tail) {
    const auto interval = base::parse_span(input_->interval).value_or(std::chrono::seconds{10});
    if (has_tail) {
      const Status begun = end_of_poll(show_tail());
      if (!begun) return begun;
    }
    while (!is_over() && session_->interrupted() == 0) {
      const Status polled = end_of_poll(poll());
      if (!polled) return polled;
      // There is no end to say it at.
      list_.say_hidden();
      if (!is_over() && session_->interrupted() == 0)
        session_->sleep(std::chrono::milliseconds{interval});
    }
    return session_->interrupted() == 0 ? ExitCode::done : ExitCode::interrupted;
  }

 private:
  [[nodiscard]] bool is_full() const {
    return input_->limit && shown_ >= static_cast<std::size_t>(*input_->limit);
  }

  /// Whether there is any use in going on.
  [[nodiscard]] bool is_over() const { return is_full() || session_->output().error() != 0; }

  [[nodiscard]] workflows::EventTaker taker() {
    return {.wants_documents = list_.shows_documents(),
            .is_full = [this] { return is_full(); },
            .take = [this](const workflows::NewEvent& fresh) { show(fresh); },
            .end_page = [this] { return end_page(); }};
  }

  void show(const workflows::NewEvent& fresh) {
    if (fresh.event)
      list_.add(*fresh.event, fresh.document);
    else
      list_.add_document(fresh.document);
    ++shown_;
  }

  Result<workflows::Walk> end_page() {
    // The reader has these before the next page is asked for, and before the cursor says so.
    list_.end_page();
    if (session_->output().flush() && !input_->cursor.empty())
      TRY(save_audit_cursor(session_->account(), input_->cursor, reader_.cursor()));
    if (is_over()) return workflows::Walk::stop;
    session_->messages().progress(counted(shown_, "event") + " so far");
    return workflows::Walk::go_on;
  }

  /// All that is new, as far as the limit allows.
  Result<void> poll() {
    const auto read = [&](const workflows::Call& call) { return reader_.poll(call, taker()); };
    if (TRY(cli::run(*session_, read))) is_cut_ = true;
    return {};
  }

  Result<void> show_tail() {
    const std::int32_t count = std::min(tail_events, input_->limit.value_or(tail_events));
    return cli::run(*session_, [&](const workflows::Call& call) {
      return reader_.poll_tail(call, count, taker());
    });
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

  Session* session_;
  const AuditInput* input_;
  workflows::AuditReader reader_;
  List<AuditEvent> list_;
  std::size_t shown_{};
  bool is_cut_{};
  bool is_troubled_{};  ///< The last poll failed, and that was said.
};

/// The cursor in the file of `--cursor`; empty without one.
Result<std::string> load_cursor(Session& session, const std::string& path) {
  if (path.empty()) return {};
  auto cursor = load_audit_cursor(session.account(), path);
  if (!cursor) cursor.error().next = "check --cursor";
  return cursor;
}

Result<void> check(const AuditInput& input, const Session& session) {
  TRY(check_audit_range(input.range, session.now()));
  const auto interval = base::parse_span(input.interval);
  if (!interval || interval->count() == 0)
    return usage_failure("--interval must be a span such as 10s, not " + in_quotes(input.interval),
                         meant_span(input.interval, 's'));
  if (input.is_following && !input.range.until.empty())
    return usage_failure("--follow has no end, so --until cannot go with it");
  // An array that is never closed, or closed anew by each run, cannot be read.
  if (session.is_json() && (input.is_following || !input.cursor.empty()))
    return usage_failure(
        std::string{input.is_following ? "--follow" : "--cursor"} + " cannot go with --output json",
        "use --output jsonl");
  return {};
}

Status list_events(Session& session, const AuditInput& input) {
  TRY(check(input, session));
  auto list = TRY(List<AuditEvent>::open(session, input.columns));
  const std::string cursor = TRY(load_cursor(session, input.cursor));
  AuditRangeInput typed = input.range;
  // A cursor goes on where it stands, whatever else is said.
  if (!cursor.empty()) typed.since.clear();
  const AuditRange range = TRY(audit_range(session, typed));
  const AuditQuery query{
      .user_id = input.user, .query = input.query, .from = range.from, .to = range.to};
  AuditListing listing{session, input, query, std::move(list)};
  if (!input.cursor.empty()) TRY(listing.resume(cursor));
  return input.is_following ? listing.follow(!query.from && input.cursor.empty()) : listing.list();
}

/// Who did it, as people know each other.
Cell who_cell(const AuditEvent& event, const Session&) {
  if (!event.user) return {"-"};
  const AuditUser& user = *event.user;
  if (!user.email.empty()) return {user.email};
  const std::string space = user.given_name.empty() || user.family_name.empty() ? "" : " ";
  const std::string name = user.given_name + space + user.family_name;
  return {name.empty() ? user.user_id : name};
}

Cell id_cell(const AuditEvent& event, const Session&) { return {event.event_id, Style::faint}; }

template <auto member>
CsvCell user_member(const AuditEvent& event) {
  return event.user ? csv_of(*event.user.*member) : CsvCell{};
}

}  // namespace

template <>
const std::vector<ListColumn<AuditEvent>>& columns<AuditEvent>() {
  static const std::vector<ListColumn<AuditEvent>> all{
      {{"eventTime", "TIME", 1},
       csv_member<&AuditEvent::event_time>,
       past_member<&AuditEvent::event_time>},
      {{"eventId", "ID", 4}, csv_member<&AuditEvent::event_id>, id_cell},
      {{"description", "WHAT", 3}, csv_member<&AuditEvent::description>},
      {{"userId", "USER"}, user_member<&AuditUser::user_id>},
      {{"email", "EMAIL"}, user_member<&AuditUser::email>},
      {{"givenName", "GIVEN NAME"}, user_member<&AuditUser::given_name>},
      {{"familyName", "FAMILY NAME"}, user_member<&AuditUser::family_name>},
      {{"who", "WHO", 2, false}, nullptr, who_cell}};
  return all;
}

Command list_audit_events_command() {
  return {
      .name = "list-audit-events",
      .group = Group::audit,
      .summary = "List who did what to settings, keys and members",
      .description =
          "Every page is fetched unless --limit cuts the list. --follow shows new events as they "
          "come, until a signal ends it; without --since it begins with the last ten. --cursor is "
          "for shipping events to a log: FILE keeps where the last run stopped, and is written "
          "only after the events were; an event may come twice, but none is left out. FILE is for "
          "one team and one set of filters, and CSV has its header in the run that makes FILE.",
      .examples = {"list-audit-events --since 7d --query key",
                   "list-audit-events --cursor audit.cursor --output jsonl"},
      .formats = {"text", "json", "jsonl", "csv"},
      .declare = declare_with<AuditInput, list_events>};
}

}  // namespace xai::cli
