#include "cli/settings.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/key_file.h"
#include "cli/render/text.h"

namespace xai::cli {

using management::ErrorKind;
using management::Secret;

namespace {

Setting pick(std::string flag_value, std::string flag, const Environment& environment,
             const std::string& variable, std::string fallback) {
  if (!flag_value.empty()) return {std::move(flag_value), std::move(flag)};
  if (auto value = environment(variable); value && !value->empty())
    return {std::move(*value), variable};
  return {std::move(fallback), "default"};
}

management::Result<void> resolve_key(Settings& settings, GlobalOptions& given,
                                     const Environment& environment, const ReadLine& read_line,
                                     Messages& messages) {
  if (!given.management_key.empty()) {
    messages.warn(
        "--management-key can be seen by others on this machine; use XAI_MANAGEMENT_KEY or "
        "--management-key-file");
    settings.management_key = Secret{trimmed(std::move(given.management_key))};
    settings.management_key_source = "--management-key";
  } else if (!given.management_key_file.empty()) {
    settings.management_key = TRY(read_key_file("the management key", "--management-key-file",
                                                given.management_key_file, read_line, messages));
    settings.management_key_source = "--management-key-file";
  } else {
    Secret first{trimmed(environment("XAI_MANAGEMENT_KEY").value_or(""))};
    Secret second{trimmed(environment("XAI_MANAGEMENT_API_KEY").value_or(""))};
    if (!first.empty() && !second.empty() && !(first == second))
      messages.warn("XAI_MANAGEMENT_KEY and XAI_MANAGEMENT_API_KEY differ; the first one is used");
    settings.management_key_source = !first.empty()   ? "XAI_MANAGEMENT_KEY"
                                     : second.empty() ? ""
                                                      : "XAI_MANAGEMENT_API_KEY";
    settings.management_key = std::move(first.empty() ? second : first);
  }
  for (const char letter : settings.management_key.reveal())
    if (letter <= ' ' || letter > '~')
      return usage_failure("the management key from " + settings.management_key_source +
                               " holds characters that no key has",
                           "copy it again from the xAI console");
  if (!settings.management_key_source.empty() && settings.management_key.empty())
    return std::unexpected{management::Error{
        .kind = ErrorKind::unauthenticated,
        .message = "the management key from " + settings.management_key_source + " is empty"}};
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
  options.option("--management-key", values.management_key, "KEY",
                 "Management key; better XAI_MANAGEMENT_KEY or a file");
  options.option("--management-key-file", values.management_key_file, "FILE",
                 "File whose first line is the management key; - is stdin");
  options.option("--team-id", values.team_id, "ID",
                 "Team (XAI_TEAM_ID; else asked of the management key)");
  options.option("--region", values.region, "REGION",
                 "Inference cluster the command is about (XAI_API_REGION)");
  options.option("--base-url", values.base_url, "URL", "Management API (XAI_MANAGEMENT_BASE_URL)");
  options.option("--output", values.output, "FORMAT", "How to print the result")
      .one_of(std::move(formats))
      .with_default("text");
  options.option("--ca-file", values.ca_file, "FILE",
                 "Certificates to trust instead of the system's");
  options.option("--timeout", values.timeout, "SPAN", "Longest wait for each call, such as 30s");
  options.flag("--quiet", values.quiet, "Say no more than warnings and errors").short_as("-q");
  options.flag("--verbose", values.verbose, "Show each request on standard error").short_as("-v");
  options.option("--trace-file", values.trace_file, "FILE",
                 "Write requests and answers there, secrets struck out");
  options.flag("--no-color", values.no_color, "No colour (NO_COLOR)");
  options.flag("--help", values.help, "Show this help").short_as("-h");
}

management::Result<Settings> resolve_settings(GlobalOptions& given, const Environment& environment,
                                              const ReadLine& read_line, Messages& messages) {
  Settings settings;
  TRY(resolve_key(settings, given, environment, read_line, messages));
  settings.team_id = pick(given.team_id, "--team-id", environment, "XAI_TEAM_ID", "");
  settings.region = pick(given.region, "--region", environment, "XAI_API_REGION", "auto");
  // The predecessor's name for automatic routing.
  if (settings.region.value == "api") settings.region.value = "auto";
  settings.base_url = pick(given.base_url, "--base-url", environment, "XAI_MANAGEMENT_BASE_URL",
                           management::ClientOptions{}.base_url);
  settings.inference_base_url = pick("", "", environment, "XAI_INFERENCE_BASE_URL", "");
  settings.ca_file = {given.ca_file, given.ca_file.empty() ? "default" : "--ca-file"};
  settings.timeout = TRY(parse_timeout(given.timeout));
  return settings;
}

}  // namespace xai::cli
