#include <memory>

#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"

namespace xai::cli {

Run declare_get_key(Options& options) {
  auto key_text = std::make_shared<std::string>();
  options.argument("KEY", *key_text, "Id or exact name of the key");
  return [key_text](Session& session) -> Status {
    const FoundKey found = TRY(find_key(session, *key_text));
    if (session.is_json())
      print_json(session.output(), TRY(json::Document::parse(found.json)).root());
    else
      print_key(session, session.output(), found.key);
    return ExitCode::done;
  };
}

}  // namespace xai::cli
