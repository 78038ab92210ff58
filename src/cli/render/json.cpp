#include "cli/render/json.h"

#include "json/writer.h"

namespace xai::cli {

void JsonArray::add(json::Value item) {
  const std::string text = json::to_text(item, 2);
  std::string shifted;
  for (const char letter : text) {
    shifted += letter;
    if (letter == '\n') shifted += "  ";
  }
  output_->write_json((is_begun_ ? ",\n  " : "[\n  ") + shifted);
  is_begun_ = true;
}

void JsonArray::end() { output_->write(is_begun_ ? "\n]\n" : "[]\n"); }

void JsonLines::add(json::Value item) {
  line_.clear();
  json::Writer{line_}.value(item);
  line_ += '\n';
  output_->write_json(line_);
}

}  // namespace xai::cli
