#include "client/salvage.h"

#include <utility>

#include "base/time_text.h"
#include "json/whole_part.h"

namespace xai::client {

void Salvage::take(const management::HttpResponse& broken_off) {
  whole_part_.reset();
  if (!broken_off.is_success()) return;
  auto document = json::Document::parse(json::whole_part(broken_off.body));
  if (!document) return;
  whole_part_ = AnswerDocument{.document = *std::move(document),
                               .server_time = base::parse_http_date(broken_off.header("date")),
                               .is_cut = true};
}

bool Salvage::read_into(Target target) {
  auto whole_part = std::exchange(whole_part_, std::nullopt);
  if (!whole_part || !descriptor_->decode(whole_part->document.root(), target.value)) return false;
  if (descriptor_->minted(target.value).value_or(management::Secret{}).empty()) return false;
  *target.document = *std::move(whole_part);
  return true;
}

}  // namespace xai::client
