#include "cli/commands/api_keys/rotate.h"

#include "base/time_text.h"
#include "base/try.h"
#include "base/uuid.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/render/text.h"
#include "cli/time_options.h"
#include "wire/operations.h"
#include "workflows/minting.h"
#include "workflows/overlaps.h"
#include "workflows/service_time.h"

namespace xai::cli {

using namespace management;

namespace {

constexpr std::chrono::hours overlap_max{7 * 24};

struct RotateInput {
  std::string key{};
  Rotation rotation{};
  DeliveryInput delivery{};
  bool yes{};
  bool dry_run{};

  void declare(Options& options) {
    declare_key_argument(options, key);
    declare_rotation(options, rotation);
    declare_delivery(options, delivery);
    declare_yes(options, yes);
    declare_dry_run(options, dry_run);
  }
};

Result<std::chrono::seconds> parse_overlap(const std::string& text) {
  if (text == "0") return std::chrono::seconds{0};
  const auto span = base::parse_span(text);
  if (!span || *span > overlap_max)
    return usage_failure("--overlap must be a span from 0 to 7d, not " + in_quotes(text),
                         meant_span(text, 'h'));
  return *span;
}

/// When the old secret dies is the one thing that nobody can look up later.
void report_old_secret(Session& session, const RotateApiKey& request,
                       const client::Answer<ApiKey>& answer) {
  const Timestamp their_now = answer.server_time.value_or(session.now());
  const Timestamp end =
      request.old_secret_expire_time.value_or(their_now + workflows::default_overlap);
  if (end <= their_now)
    session.messages().note("the old secret no longer works");
  else
    session.messages().note("the old secret works until " + base::format_rfc3339(end) + " (" +
                            relative_time(end, their_now) + ")");
}

/// Any update moves the time, so it proves no rotation.
void warn_of_overlap(Session& session, const std::optional<Timestamp>& modified) {
  if (!modified || session.their_now() - *modified > workflows::default_overlap) return;
  session.messages().warn("the key was changed " + relative_time(*modified, session.their_now()) +
                          "; if that was a rotation, this one ends its old secret at once");
}

Status rotate_key(Session& session, const RotateInput& input) {
  std::string api_key_id = input.key;
  std::string name;
  std::optional<Timestamp> modified;
  workflows::Subject known;
  if (base::is_uuid(input.key)) {
    TRY(check_unprotected(session, input.key));
  } else {
    const FoundKey found = TRY(find_key(session, input.key));
    TRY(check_unprotected(session, found.key));
    api_key_id = found.key.api_key_id;
    name = found.key.name;
    known = {{"name", name}, {"redactedApiKey", found.key.redacted_api_key}};
    if (found.key.modify_time) known["modifyTime"] = base::format_rfc3339(*found.key.modify_time);
    modified = found.key.modify_time;
    if (modified == found.key.create_time) modified.reset();
    const KeyState state = state_of(found.key, session.their_now());
    if (is_unusable(state))
      session.messages().warn("the key is " + std::string{name_of(state)} +
                              ", and rotating does not change that");
  }
  const RotateApiKey request = TRY(request_of(session, input.rotation, api_key_id));
  (void)TRY(session.client());
  const CallOptions options = session.call_options();
  const workflows::Call call{session.account(), options};
  const bool ends_at_once = workflows::ends_old_secret(call, request);
  if (!input.rotation.ends_overlap) {
    TRY(workflows::check_overlap(call, request));
    if (!ends_at_once) warn_of_overlap(session, modified);
  }
  const auto wait = TRY(check_delivery(session, input.delivery, input.dry_run));
  TRY(check_region(session, wait, api_key_id));
  if (input.dry_run) return print_dry_run(session, TRY(preview(session, request)));
  if (ends_at_once && session.can_ask() && !input.yes &&
      !session.confirm("The old secret will stop working at once. Rotate?"))
    return refusal("not confirmed", "answer y to rotate");
  return mint(session, input.delivery, wait, words_of(session, request, name), call,
              workflows::begin_rotation(call, request, sink_of(input.delivery.sink),
                                        input.rotation.ends_overlap, std::move(known)));
}

}  // namespace

void declare_rotation(Options& options, Rotation& rotation) {
  options.option("--overlap", rotation.overlap, "SPAN",
                 "How long the old secret keeps working, 0 to 7d (default 24h)");
  options.option("--expires", rotation.expires, "WHEN",
                 "New expiry of the key: 90d, a date or an RFC 3339 time");
  options.flag("--end-overlap", rotation.ends_overlap,
               "Rotate although an earlier rotation's old secret still works");
  options.add_rule([&rotation](Session&) -> Result<void> {
    if (!rotation.overlap.empty()) (void)TRY(parse_overlap(rotation.overlap));
    if (rotation.expires == "never")
      return usage_failure("rotating cannot remove an expiry",
                           "run `manage_xai update-key --expires never` first");
    return {};
  });
  declare_expires(options, rotation.expires);
}

Result<RotateApiKey> request_of(Session& session, const Rotation& rotation,
                                std::string api_key_id) {
  RotateApiKey request{.api_key_id = std::move(api_key_id)};
  if (!rotation.overlap.empty()) {
    const auto overlap = TRY(parse_overlap(rotation.overlap));
    // By a clock that is ahead, a leaked secret would live on; so theirs is asked, if need be.
    (void)TRY(session.client());
    workflows::learn_service_time(workflows::Call{session.account(), session.call_options()});
    request.old_secret_expire_time =
        std::chrono::floor<std::chrono::seconds>(session.their_now()) + overlap;
  }
  if (!rotation.expires.empty()) request.expire_time = TRY(expiry_of(session, rotation.expires));
  return request;
}

MintWords words_of(Session& session, const RotateApiKey& request, const std::string& key_name) {
  return {
      .attempt = "rotate " + (key_name.empty() ? escaped(request.api_key_id) : in_quotes(key_name)),
      .verb = "rotated",
      .report =
          [&session, request](const client::Answer<ApiKey>& answer) {
            report_old_secret(session, request, answer);
          },
      .old_secret_end = request.old_secret_expire_time.value_or(session.their_now() +
                                                                workflows::default_overlap)};
}

Command rotate_key_command() {
  return {.name = "rotate-key",
          .group = Group::api_keys,
          .summary = "Give an API key a new secret, shown once",
          .description =
              "KEY is the key's id, or its exact name. The id stays. The old secret keeps working "
              "for the overlap, so that nothing that uses it fails; after a leak use --overlap 0.",
          .examples = {"rotate-key \"My App\" --overlap 2h --wait --secret-file app.key",
                       "rotate-key \"My App\" --overlap 0"},
          .formats = {"text", "json"},
          .declare = declare_with<RotateInput, rotate_key>,
          .is_write = true};
}

}  // namespace xai::cli
