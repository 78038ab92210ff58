#include "cli/render/result.h"

#include <utility>

#include "json/writer.h"

namespace xai::cli {

void print_json(Output& output, std::string text) {
  output.write_json(text);
  output.write("\n");
  management::wipe(text);
}

void print_result(Session& session, json::Value document, const std::function<void()>& print_text) {
  session.messages().release_notes();
  if (!session.is_json()) return print_text();
  std::string text;
  // Room at once: a text that grows leaves its old bytes, a secret maybe, behind.
  text.reserve(16UL << 10U);
  json::Writer{text, 2}.value(document);
  print_json(session.output(), std::move(text));
}

}  // namespace xai::cli
