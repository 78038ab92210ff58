#include "cli/session.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/values.h"
#include "client/seams.h"

namespace xai::cli {

using management::Client;
using management::ErrorKind;

Session::Session(const Process& process, Settings settings, Format format, bool is_verbose,
                 Output& output, Messages& messages)
    : process_{&process},
      settings_{std::move(settings)},
      format_{format},
      is_verbose_{is_verbose},
      output_{&output},
      messages_{&messages} {}

std::expected<const Client*, Failure> Session::client() {
  if (client_) return &*client_;
  if (settings_.management_key.empty())
    return std::unexpected{
        Failure{{.kind = ErrorKind::unauthenticated,
                 .message = "no management key was given",
                 .next = "set XAI_MANAGEMENT_KEY or pass --management-key-file FILE (such keys are "
                         "made in the xAI console, Settings, Management Keys)"}}};
  management::ClientOptions options{.management_key = settings_.management_key,
                                    .team_id = settings_.team_id.value,
                                    .region = settings_.region.value,
                                    .base_url = settings_.base_url.value,
                                    .inference_base_url = settings_.inference_base_url.value,
                                    .ca_file = settings_.ca_file.value,
                                    .user_agent = "manage_xai/" XAI_VERSION,
                                    .transport = process_->transport};
  options.deadlines.operation = settings_.timeout;
  if (is_verbose_) options.log = [this](std::string_view line) { messages_->log(line); };
  client_ =
      client::make_client(std::move(options), {process_->clock, process_->sleep, process_->random});
  return &*client_;
}

std::string Session::region() const {
  return settings_.region.value == "auto" ? "" : settings_.region.value;
}

std::string Session::endpoint_of(const std::string& region) const {
  return management::inference_url(settings_.inference_base_url.value, region);
}

bool Session::can_ask() const {
  return process_->is_input_terminal && messages_->output().is_terminal();
}

bool Session::confirm(const std::string& question) {
  messages_->ask(question + " [y/N]");
  const auto answer = process_->read_line();
  return answer && (*answer == "y" || *answer == "Y" || *answer == "yes");
}

std::string Session::shown_time(const std::optional<management::Timestamp>& time,
                                const std::string& none) const {
  if (!time) return none;
  return output_->is_terminal() ? relative_time(*time, now()) : base::format_rfc3339(*time);
}

}  // namespace xai::cli
