#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "json/arena.h"
#include "json/value.h"
#include "xai/management/result.h"

namespace xai::json {

struct Limits {
  std::size_t depth_max{64};
  std::size_t memory_bytes_max{32UL << 20U};  ///< Of the parsed form, beside the text.
};

/// A parsed JSON text. It keeps the text, which its values look into, and wipes it at the end:
/// the text may hold a secret.
class Document {
 public:
  Document();
  Document(Document&&) noexcept = default;
  Document& operator=(Document&&) noexcept = default;

  [[nodiscard]] Value root() const { return root_; }
  /// `root` is made out of this document's values.
  void replace_root(Value root) { root_ = root; }
  /// For values made out of this document's, to live as long as it does.
  [[nodiscard]] Arena& arena() { return parts_->arena; }

  /// Errors: malformed_response for anything but one JSON value in UTF-8 within the limits; the
  /// message names the place, never the text.
  static management::Result<Document> parse(std::string text, const Limits& limits = {});

 private:
  /// Behind one pointer, so that moving a Document moves no byte its values look at.
  struct Parts {
    std::string text{};
    Arena arena{};
    ~Parts();
  };
  std::unique_ptr<Parts> parts_;
  Value root_{};
};

}  // namespace xai::json
