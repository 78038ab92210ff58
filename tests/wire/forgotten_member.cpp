// Compiled by a test only: as it stands it is sound, with either macro it must be refused.
#include "wire/describe.h"

namespace xai {
namespace management {

struct Badge {
  std::string name{};
  bool disabled{};
};

struct GetBadge {
  using Response = Badge;
  static constexpr std::string_view id{"getBadge"};
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
    operation(Method::get, "/badges/{teamId}", RetryClass::freely, "GetBadge",
              path("teamId", &management::GetBadge::team_id)
#ifndef FORGET_A_MEMBER_OF_THE_OPERATION
                  ,
              query("name", &management::GetBadge::name)
#endif
    );

}  // namespace wire
}  // namespace xai

constexpr auto described = xai::wire::describe<xai::management::GetBadge>();
static_assert(described.id == "getBadge");
