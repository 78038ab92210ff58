#include "cli/settings.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/key_file.h"
#include "cli/render/text.h"

namespace xai::cli {

namespace {

management::Result<void> take_given_key(client::Settings& settings, GlobalOptions& given,
                                        const ReadLine& read_line, Messages& messages) {
  if (!given.management_key.empty()) {
    messages.warn(
        "--management-key can be seen by others on this machine; use XAI_MANAGEMENT_KEY or "
        "--management-key-file");
    settings.management_key = client::pasted_key(std::move(given.management_key));
    settings.management_key_source = "--management-key";
  } else if (!given.management_key_file.empty()) {
    settings.management_key = TRY(read_key_file("the management key", "--management-key-file",
                                                given.management_key_file, read_line, messages));
    settings.management_key_source = "--management-key-file";
  }
  return {};
}

management::Result<std::chrono::milliseconds> parse_timeout(const std::string& text) {
  if (text.empty()) return std::chrono::milliseconds{};
  const bool is_bare = text.find_first_not_of("0123456789") == std::string::npos;
  const auto span = base::parse_span(is_bare ? text + "s" : text);
  if (!span || span->count() == 0)
    return usage_failure("--timeout wants a span such as 30s or 2m, not " + in_quotes(text));
  return std::chrono::milliseconds{*span};
}

}  // namespace

void declare_global_options(Options& options, GlobalOptions& values,
                            std::vector<std::string> formats) {
  options
      .option("--management-key", values.management_key, "KEY",
              "Management key; better XAI_MANAGEMENT_KEY or a file")
      .of_this_machine();
  options
      .option("--management-key-file", values.management_key_file, "FILE",
              "File whose first line is the management key; - is stdin")
      .of_this_machine();
  options.option("--team-id", values.team_id, "ID",
                 "Team (XAI_TEAM_ID; else asked of the management key)");
  options.option("--region", values.region, "REGION",
                 "Inference cluster the command is about (XAI_API_REGION)");
  options.option("--base-url", values.base_url, "URL", "Management API (XAI_MANAGEMENT_BASE_URL)");
  options.option("--output", values.output, "FORMAT", "How to print the result")
      .one_of(std::move(formats))
      .with_default("text");
  options
      .option("--ca-file", values.ca_file, "FILE", "Certificates to trust instead of the system's")
      .of_this_machine();
  options.option("--timeout", values.timeout, "SPAN", "Longest wait for each call, such as 30s");
  options.flag("--quiet", values.quiet, "Say no more than warnings and errors").short_as("-q");
  options.flag("--verbose", values.verbose, "Show each request on standard error").short_as("-v");
  options
      .option("--trace-file", values.trace_file, "FILE",
              "Write requests and answers there, secrets struck out")
      .of_this_machine();
  options.flag("--no-color", values.no_color, "No colour (NO_COLOR)");
  options.flag("--help", values.help, "Show this help").short_as("-h");
}

management::Result<Settings> resolve_settings(GlobalOptions& given,
                                              const client::Environment& environment,
                                              const ReadLine& read_line, Messages& messages) {
  client::Settings known{.team_id = {given.team_id, "--team-id"},
                         .region = {given.region, "--region"},
                         .base_url = {given.base_url, "--base-url"}};
  TRY(take_given_key(known, given, read_line, messages));
  Settings settings;
  static_cast<client::Settings&>(settings) =
      TRY(client::resolve_settings(std::move(known), environment));
  if (settings.do_keys_differ)
    messages.warn("XAI_MANAGEMENT_KEY and XAI_MANAGEMENT_API_KEY differ; the first one is used");
  settings.ca_file = {given.ca_file, given.ca_file.empty() ? "default" : "--ca-file"};
  settings.timeout = TRY(parse_timeout(given.timeout));
  return settings;
}

}  // namespace xai::cli
