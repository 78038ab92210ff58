#include "cli/render/result.h"

#include "json/writer.h"

namespace xai::cli {

void print_json(Output& output, std::string text) {
  output.write_json(text);
  output.write("\n");
  management::wipe(text);
}

void print_result(Session& session, json::Value document, const std::function<void()>& print_text) {
  session.messages().release_notes();
  if (session.is_json())
    print_json(session.output(), json::to_text(document, 2));
  else
    print_text();
}

}  // namespace xai::cli
