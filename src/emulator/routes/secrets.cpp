#include "base/time_text.h"
#include "base/try.h"
#include "emulator/identifiers.h"
#include "emulator/routes/routes.h"
#include "json/writer.h"

namespace xai::emulator::routes {

Result<std::string> list_secrets(State& state, const HttpRequest&) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("secrets");
  writer.begin_array();
  for (const SecretRecord& record : TRY(state.store->secrets())) {
    const std::string digest = sha256(record.secret);
    const auto found = state.secret_uses.find(digest);
    const SecretUse use = found == state.secret_uses.end() ? SecretUse{} : found->second;
    writer.begin_object();
    writer.key("apiKeyId");
    writer.string(record.api_key_id);
    writer.key("redactedApiKey");
    writer.string(redact(record.secret));
    writer.key("sha256");
    writer.string(digest);
    writer.key("secretTime");
    writer.string(base::format_rfc3339(record.secret_time));
    writer.key("worksUntil");
    if (record.works_until)
      writer.string(base::format_rfc3339(*record.works_until));
    else
      writer.null();
    writer.key("accepted");
    writer.integer(use.accepted);
    writer.key("refused");
    writer.integer(use.refused);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return body;
}

}  // namespace xai::emulator::routes
