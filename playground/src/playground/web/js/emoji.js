// The short names people and bots use most; an unknown name is shown as it was written.
const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|heart ❤️|smile 😄|slightly_smiling_face 🙂|grinning 😀|joy 😂|wink 😉|blush 😊|thinking_face 🤔
tada 🎉|clap 👏|pray 🙏|raised_hands 🙌|wave 👋|eyes 👀|bulb 💡|sparkles ✨|star ⭐|star2 🌟|fire 🔥|rocket 🚀|muscle 💪|ok_hand 👌
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|no_entry ⛔|question ❓|grey_question ❔|exclamation ❗|information_source ℹ️
seedling 🌱|herb 🌿|four_leaf_clover 🍀|deciduous_tree 🌳|sunflower 🌻|tulip 🌷|leaves 🍃|sunny ☀️|partly_sunny ⛅|rainbow 🌈|snowflake ❄️|coffee ☕|tea 🍵
speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭|busts_in_silhouette 👥|bust_in_silhouette 👤|ear 👂|mirror 🪞|bell 🔔|loudspeaker 📢|mega 📣|mailbox 📫|envelope ✉️
calendar 📆|date 📅|spiral_calendar_pad 🗓️|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|watch ⌚
memo 📝|pencil 📝|pencil2 ✏️|lower_left_fountain_pen 🖋️|bookmark 🔖|books 📚|book 📖|notebook 📓|clipboard 📋|bar_chart 📊|chart_with_upwards_trend 📈|file_folder 📁|paperclip 📎|link 🔗|pushpin 📌|round_pushpin 📍
lock 🔒|unlock 🔓|key 🔑|see_no_evil 🙈|shield 🛡️|gear ⚙️|wrench 🔧|mag 🔍|compass 🧭|world_map 🗺️|dart 🎯|checkered_flag 🏁|triangular_flag_on_post 🚩|wheelchair ♿
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|zero 0️⃣|keycap_ten 🔟
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_forward ▶️|black_right_pointing_triangle ▶️|leftwards_arrow_with_hook ↩️|repeat 🔁|arrows_counterclockwise 🔄|heavy_plus_sign ➕|heavy_minus_sign ➖
white_circle ⚪|black_circle ⚫|red_circle 🔴|large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠|radio_button 🔘|white_small_square ▫️|black_small_square ▪️
handshake 🤝|point_right 👉|point_down 👇|raised_hand ✋|hand ✋|writing_hand ✍️|brain 🧠|relaxed ☺️|relieved 😌|cry 😢|sob 😭|hugging_face 🤗|sweat_smile 😅|neutral_face 😐|open_mouth 😮
blue_heart 💙|green_heart 💚|yellow_heart 💛|orange_heart 🧡|purple_heart 💜|gift 🎁|balloon 🎈|confetti_ball 🎊|trophy 🏆|mortar_board 🎓|school 🏫|house 🏠|door 🚪|hear_no_evil 🙉|ocean 🌊|bridge_at_night 🌉`;

const EMOJI = new Map(TABLE.trim().split(/[\n|]/).map((pair) => pair.split(" ")));

export const QUICK = ["+1", "heart", "bulb", "pray", "seedling", "tada", "thinking_face", "eyes"];

export const emoji = (name) => EMOJI.get(name.split("::")[0]) ?? `:${name}:`;

/** Replace the short names in plain text. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI.get(name) ?? whole);
