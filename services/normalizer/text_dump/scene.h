// Captions told from headings and short paragraphs by what they say.
#ifndef TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SCENE_H_
#define TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SCENE_H_

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

// How much `line` reads like the description of a photograph: who is seen (officials, villagers, pupils), a view, a
// meeting, a village. Zero or less when it argues, reports or sums up.
int SceneScore(absl::string_view line);

// How much `line` reads like a heading inside a story: short, numbered, a question, an appeal.
int HeadingScore(absl::string_view line);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_TEXT_DUMP_SCENE_H_
