#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/render/result.h"

namespace xai::cli {

namespace {

struct GetInput {
  std::string key{};

  void declare(Options& options) { declare_key_argument(options, key); }
};

Status get_key(Session& session, const GetInput& input) {
  const FoundKey found = TRY(find_key(session, input.key));
  const auto document = TRY(json::Document::parse(found.json));
  print_result(session, document.root(), [&] { print_key(session, session.output(), found.key); });
  return ExitCode::done;
}

}  // namespace

Command get_key_command() {
  return {.name = "get-key",
          .group = Group::api_keys,
          .summary = "Show one API key",
          .description = "KEY is the key's id, or its exact name.",
          .examples = {"get-key \"My App\"",
                       "get-key fe15b799-32e1-4d02-9e65-80236f9995f7 --output json"},
          .formats = {"text", "json"},
          .declare = declare_with<GetInput, get_key>};
}

}  // namespace xai::cli
