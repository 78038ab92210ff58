// Compiled by a test only: as it stands it is sound, with either macro it must be refused.
#include "wire/http_binding.h"

namespace xai {
namespace management {

struct Badge {
  std::string name{};
  bool disabled{};
};

struct GetBadge {
  using Response = Badge;
  std::string team_id{};
  std::string name{};
};

}  // namespace management

namespace wire {

template <>
inline constexpr auto fields<management::Badge> =
    table(field("name", &management::Badge::name)
#ifndef FORGET_A_MEMBER_OF_THE_MODEL
              ,
          field("disabled", &management::Badge::disabled)
#endif
    );

template <>
inline constexpr auto row<management::GetBadge> =
    operation("getBadge", Method::get, "/badges/{teamId}", RetryClass::freely, "GetBadge",
              path("teamId", &management::GetBadge::team_id)
#ifndef FORGET_A_MEMBER_OF_THE_OPERATION
                  ,
              query("name", &management::GetBadge::name)
#endif
    );

}  // namespace wire
}  // namespace xai

void use(xai::json::Writer& writer, xai::json::Value value) {
  xai::wire::encode(writer, *xai::wire::decode<xai::management::Badge>(value));
  static_cast<void>(xai::wire::to_request(xai::management::GetBadge{}));
}
