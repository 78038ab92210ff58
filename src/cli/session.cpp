#include "cli/session.h"

#include <algorithm>

#include "base/random_word.h"
#include "base/time_text.h"
#include "base/try.h"
#include "base/uuid.h"
#include "cli/advice.h"
#include "cli/events.h"
#include "cli/render/text.h"
#include "client/pipeline.h"

namespace xai::cli {

using management::Client;
using management::ErrorKind;

Session::Session(const Process& process, Settings settings, Format format, bool is_verbose,
                 std::function<void(std::string_view)> trace, Output& output, Messages& messages)
    : process_{&process},
      settings_{std::move(settings)},
      format_{format},
      is_verbose_{is_verbose},
      trace_{std::move(trace)},
      output_{&output},
      messages_{&messages} {}

management::Result<const Client*> Session::client() {
  // As every team has one; of another form it would only be refused at the service.
  if (const std::string& team = settings_.team_id.value; !team.empty() && !base::is_uuid(team))
    return usage_failure(
        "the team id " + in_quotes(team) + " from " + shown_source(settings_.team_id) +
            " is not a UUID, as team ids are",
        "copy the team id from the xAI console, or leave it out for the management key's own team");
  if (const auto& account = this->account(); !settings_.management_key.empty())
    return &account.client;
  if (key_failure_) return std::unexpected{*key_failure_};
  const std::string foreign = client::foreign_key_variable;
  const bool has_foreign = !process_->environment(foreign).value_or("").empty();
  return std::unexpected{management::Error{
      .kind = ErrorKind::unauthenticated,
      .message = "no management key was given",
      .next = has_foreign
                  ? foreign + " is set, Grok Build's variable for a management key, which is not "
                              "read here; set XAI_MANAGEMENT_KEY to the same key"
                  : "set XAI_MANAGEMENT_KEY or pass --management-key-file FILE (such keys are made "
                    "in the xAI console, Settings, Management Keys)"}};
}

const management::Account& Session::account() {
  if (account_) return *account_;
  fetch_key();
  management::ClientOptions options = settings_.options();
  options.is_read_only = settings_.is_read_only;
  options.ca_file = settings_.ca_file.value;
  options.user_agent = "manage_xai/" XAI_VERSION;
  options.transport = process_->transport;
  options.deadlines.operation = settings_.timeout;
  if (is_verbose_)
    options.log = [this](std::string_view line) {
      ++request_count_;
      messages_->log(line);
    };
  options.trace = trace_;
  if (process_->interrupted) options.is_cancelled = [this] { return interrupted() != 0; };
  account_.emplace(
      client::make_client(std::move(options), {process_->clock, process_->sleep, process_->random}),
      state_folder().value_or(""));
  return *account_;
}

void Session::fetch_key() {
  if (!settings_.management_key.empty() || !settings_.fetch_key) return;
  auto key = settings_.fetch_key([this] { return interrupted() != 0; });
  if (!key) {
    key_failure_ = std::move(key.error());
    return;
  }
  settings_.management_key = *std::move(key);
  output_->hide(settings_.management_key);
  messages_->output().hide(settings_.management_key);
}

management::CallOptions Session::call_options() {
  return {.tell = [this](const management::Event& event) { say(*messages_, event); }};
}

management::Timestamp Session::their_now() const {
  return account_ ? account_->client.pipeline().service_clock.now() : now();
}

std::string Session::region() const {
  return settings_.region.value == "auto" ? "" : settings_.region.value;
}

std::string Session::endpoint_of(const std::string& region) const {
  return management::inference_url(settings_.inference_base_url.value, region);
}

bool Session::is_utf8() const {
  // The first that is set decides, as for setlocale.
  for (const auto* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = process_->environment(name).value_or("");
    if (locale.empty()) continue;
    return locale.contains("UTF-8") || locale.contains("utf8") || locale.contains("utf-8");
  }
  return false;
}

std::string Session::random_word(std::size_t letters) const {
  return base::random_word(process_->random, letters);
}

management::Result<std::string> Session::state_folder() const {
  if (auto folder = client::state_folder(process_->environment)) return *std::move(folder);
  return local_failure(
      "there is no place for the record of the operation: neither XDG_STATE_HOME nor HOME is "
      "set",
      "set XDG_STATE_HOME to a folder that can be written to");
}

bool Session::can_ask() const {
  return process_->is_input_terminal && messages_->output().is_terminal();
}

bool Session::confirm(const std::string& question) {
  messages_->ask(question + " [y/N]");
  const auto answer = process_->read_line();
  return answer && (*answer == "y" || *answer == "Y" || *answer == "yes");
}

bool Session::confirm_by_typing(const std::string& question, const std::string& wanted) {
  messages_->ask(question);
  return process_->read_line() == wanted;
}

void Session::keep_out(const management::Secret& secret, bool is_hidden) {
  messages_->output().hide(secret);
  if (is_hidden) output_->hide(secret);
}

std::string Session::shown_past(const std::optional<management::Timestamp>& time,
                                const std::string& none) const {
  // By a clock that is told in whole seconds, what was just done may seem yet to come.
  const bool is_ahead = output_->is_terminal() && time && *time > their_now();
  return shown_time(is_ahead ? their_now() : time, none);
}

std::string Session::shown_time(const std::optional<management::Timestamp>& time,
                                const std::string& none) const {
  if (!time) return none;
  return output_->is_terminal() ? relative_time(*time, their_now()) : base::format_rfc3339(*time);
}

}  // namespace xai::cli
