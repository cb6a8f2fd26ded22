// The words for everything that can be made to go wrong: a short name and one explanation each. {0} is the app.
import { addTexts } from "./texts.js";

// kind: [name, what happens], each in Dutch, English and French.
const KINDS = {
  SILENT: [
    ["Slack doet het, maar antwoordt niet", "Slack does it, but does not answer", "Slack le fait, mais ne répond pas"],
    ["Slack doet wat {0} vraagt, maar {0} hoort niets terug en weet dus niet of het gelukt is.", "Slack does what {0} asks, but {0} hears nothing back and cannot know whether it worked.", "Slack fait ce que {0} demande, mais {0} ne reçoit rien et ne sait pas si cela a marché."]],
  SILENT_BEFORE: [
    ["Slack doet niets en antwoordt niet", "Slack does nothing and does not answer", "Slack ne fait rien et ne répond pas"],
    ["Slack doet niet wat {0} vraagt, en {0} hoort niets terug.", "Slack does not do what {0} asks, and {0} hears nothing back.", "Slack ne fait pas ce que {0} demande, et {0} ne reçoit rien."]],
  SLOW: [
    ["Slack antwoordt traag", "Slack answers slowly", "Slack répond lentement"],
    ["Slack doet wat {0} vraagt, maar het antwoord komt later.", "Slack does what {0} asks, but the answer comes later.", "Slack fait ce que {0} demande, mais la réponse arrive plus tard."]],
  BROKEN_AFTER: [
    ["Slack doet het, en meldt toch een storing", "Slack does it, and still reports a failure", "Slack le fait, mais annonce une panne"],
    ["Slack doet wat {0} vraagt, maar antwoordt dat er een storing is (500).", "Slack does what {0} asks, but answers that it failed (500).", "Slack fait ce que {0} demande, mais répond par une panne (500)."]],
  BROKEN_BEFORE: [
    ["Slack heeft een storing", "Slack is failing", "Slack est en panne"],
    ["Slack doet niet wat {0} vraagt, en antwoordt dat er een storing is (500).", "Slack does not do what {0} asks, and answers that it failed (500).", "Slack ne fait pas ce que {0} demande, et répond par une panne (500)."]],
  CUT: [
    ["Slack doet het, en het antwoord breekt af", "Slack does it, and the answer breaks off", "Slack le fait, et la réponse s’interrompt"],
    ["Slack doet wat {0} vraagt, maar van het antwoord komt maar een stuk aan.", "Slack does what {0} asks, but only a part of the answer arrives.", "Slack fait ce que {0} demande, mais seule une partie de la réponse arrive."]],
  CUT_BEFORE: [
    ["Slack doet niets, en het antwoord breekt af", "Slack does nothing, and the answer breaks off", "Slack ne fait rien, et la réponse s’interrompt"],
    ["Slack doet niet wat {0} vraagt, en van het antwoord komt maar een stuk aan.", "Slack does not do what {0} asks, and only a part of the answer arrives.", "Slack ne fait pas ce que {0} demande, et seule une partie de la réponse arrive."]],
  RESET: [
    ["Slack doet het, en de verbinding valt weg", "Slack does it, and the connection drops", "Slack le fait, et la connexion tombe"],
    ["Slack doet wat {0} vraagt, maar de verbinding valt weg voor het antwoord.", "Slack does what {0} asks, but the connection drops before the answer.", "Slack fait ce que {0} demande, mais la connexion tombe avant la réponse."]],
  RESET_BEFORE: [
    ["Slack doet niets, en de verbinding valt weg", "Slack does nothing, and the connection drops", "Slack ne fait rien, et la connexion tombe"],
    ["De verbinding valt weg, en Slack doet niet wat {0} vraagt.", "The connection drops, and Slack does not do what {0} asks.", "La connexion tombe, et Slack ne fait pas ce que {0} demande."]],
  HTML: [
    ["Slack doet het, en stuurt een webpagina", "Slack does it, and sends a web page", "Slack le fait, et envoie une page web"],
    ["Slack doet wat {0} vraagt, maar in plaats van een antwoord komt een webpagina.", "Slack does what {0} asks, but a web page comes in place of an answer.", "Slack fait ce que {0} demande, mais une page web arrive au lieu d’une réponse."]],
  HTML_BEFORE: [
    ["Slack doet niets, en stuurt een webpagina", "Slack does nothing, and sends a web page", "Slack ne fait rien, et envoie une page web"],
    ["Slack doet niet wat {0} vraagt, en in plaats van een antwoord komt een webpagina.", "Slack does not do what {0} asks, and a web page comes in place of an answer.", "Slack ne fait pas ce que {0} demande, et une page web arrive au lieu d’une réponse."]],
  GARBLED: [
    ["Slack doet het, en het antwoord is onleesbaar", "Slack does it, and the answer cannot be read", "Slack le fait, et la réponse est illisible"],
    ["Slack doet wat {0} vraagt, maar het antwoord mist zijn einde.", "Slack does what {0} asks, but the answer lacks its end.", "Slack fait ce que {0} demande, mais il manque la fin de la réponse."]],
  FIELDS_MISSING: [
    ["Slack zegt ja, en verder niets", "Slack says yes, and nothing else", "Slack dit oui, et rien d’autre"],
    ["Slack doet wat {0} vraagt, maar in het antwoord ontbreekt alles behalve “ok”.", "Slack does what {0} asks, but all of the answer except “ok” is missing.", "Slack fait ce que {0} demande, mais il ne reste de la réponse que « ok »."]],
  FATAL_ERROR: [
    ["Slack doet het, en zegt dat het misliep", "Slack does it, and says it went wrong", "Slack le fait, et dit que cela a échoué"],
    ["Slack doet wat {0} vraagt, maar antwoordt “fatal_error”: misschien gedaan, misschien niet.", "Slack does what {0} asks, but answers “fatal_error”: perhaps done, perhaps not.", "Slack fait ce que {0} demande, mais répond « fatal_error » : peut-être fait, peut-être pas."]],
  NEVER_STORED: [
    ["Slack zegt ja, maar bewaart het bericht niet", "Slack says yes, but does not keep the message", "Slack dit oui, mais ne garde pas le message"],
    ["{0} denkt dat het bericht er staat. Niemand ziet het ooit.", "{0} thinks the message is there. Nobody ever sees it.", "{0} croit que le message est là. Personne ne le voit jamais."]],
  STORED_LATER: [
    ["Het bericht verschijnt later", "The message appears later", "Le message apparaît plus tard"],
    ["Slack zegt meteen ja, maar het bericht staat er pas na een tijd.", "Slack says yes at once, but the message only appears after a while.", "Slack dit tout de suite oui, mais le message n’apparaît qu’après un moment."]],
  HISTORY_BEHIND: [
    ["De geschiedenis loopt achter", "The history is behind", "L’historique est en retard"],
    ["Wat pas geschreven is, staat er voor mensen wel. {0} kan het nog niet teruglezen.", "People do see what was just written. {0} cannot read it back yet.", "Les gens voient ce qui vient d’être écrit. {0} ne peut pas encore le relire."]],
  CLOCK_SKEWED: [
    ["De klok van Slack loopt anders", "Slack’s clock is off", "L’horloge de Slack est décalée"],
    ["Bij elk antwoord staat een ander uur dan het echte.", "Each answer carries another time than the real one.", "Chaque réponse porte une autre heure que la vraie."]],
  NO_SCOPES_HEADER: [
    ["Slack zegt niet wat {0} mag", "Slack does not say what {0} may do", "Slack ne dit pas ce que {0} peut faire"],
    ["Alles werkt, maar de lijst met toestemmingen ontbreekt bij de antwoorden.", "Everything works, but the answers lack the list of permissions.", "Tout marche, mais la liste des autorisations manque dans les réponses."]],
  LIMITED: [
    ["Slack vraagt om even te wachten", "Slack asks to wait a while", "Slack demande d’attendre un peu"],
    ["Slack doet niet wat {0} vraagt, en zegt hoelang het moet wachten.", "Slack does not do what {0} asks, and says how long to wait.", "Slack ne fait pas ce que {0} demande, et dit combien de temps attendre."]],
  LIMITED_ZERO: [
    ["Slack vraagt om nul seconden te wachten", "Slack asks to wait zero seconds", "Slack demande d’attendre zéro seconde"],
    ["Slack doet niet wat {0} vraagt, en zegt dat het meteen weer mag.", "Slack does not do what {0} asks, and says it may try again at once.", "Slack ne fait pas ce que {0} demande, et dit de réessayer tout de suite."]],
  LIMITED_DATE: [
    ["Slack noemt een moment om terug te komen", "Slack names a moment to come back", "Slack indique un moment pour revenir"],
    ["Slack doet niet wat {0} vraagt, en geeft een datum en uur in plaats van seconden.", "Slack does not do what {0} asks, and gives a date and time in place of seconds.", "Slack ne fait pas ce que {0} demande, et donne une date et une heure au lieu de secondes."]],
  LIMITED_NONSENSE: [
    ["Slack vraagt te wachten, maar zegt onzin", "Slack asks to wait, but talks nonsense", "Slack demande d’attendre, sans dire de durée lisible"],
    ["Slack doet niet wat {0} vraagt. Hoelang wachten is niet te lezen.", "Slack does not do what {0} asks. How long to wait cannot be read.", "Slack ne fait pas ce que {0} demande. La durée d’attente est illisible."]],
  LIMITED_UNSAID: [
    ["Slack vraagt te wachten, maar zegt niet hoelang", "Slack asks to wait, but not how long", "Slack demande d’attendre, sans dire combien de temps"],
    ["Slack doet niet wat {0} vraagt, en zegt niet wanneer het weer mag.", "Slack does not do what {0} asks, and does not say when to try again.", "Slack ne fait pas ce que {0} demande, et ne dit pas quand réessayer."]],
  PAGES_OF_15: [
    ["{0} mag maar traag lezen", "{0} may only read slowly", "{0} ne peut lire que lentement"],
    ["Slack geeft 15 berichten per keer, en één keer per minuut.", "Slack gives 15 messages at a time, once a minute.", "Slack donne 15 messages à la fois, une fois par minute."]],
  CONNECTIONS_LIMITED: [
    ["Een nieuwe verbinding moet wachten", "A new connection has to wait", "Une nouvelle connexion doit attendre"],
    ["Wanneer {0} opnieuw verbinding zoekt, vraagt Slack om te wachten.", "When {0} looks for a new connection, Slack asks it to wait.", "Quand {0} cherche une nouvelle connexion, Slack lui demande d’attendre."]],
  MISSING_SCOPE: [
    ["{0} mist een toestemming", "{0} lacks a permission", "{0} n’a pas l’autorisation"],
    ["Slack weigert dit ene, en zegt welke toestemming nodig is. De rest werkt.", "Slack refuses this one thing, and says which permission is needed. The rest works.", "Slack refuse cette seule chose, et dit quelle autorisation il faut. Le reste marche."]],
  INVALID_AUTH: [
    ["De sleutel van {0} klopt niet", "The key of {0} is wrong", "La clé de {0} n’est pas bonne"],
    ["Slack weigert alles wat {0} vraagt (invalid_auth).", "Slack refuses everything that {0} asks (invalid_auth).", "Slack refuse tout ce que {0} demande (invalid_auth)."]],
  TOKEN_REVOKED: [
    ["De sleutel van {0} is ingetrokken", "The key of {0} was withdrawn", "La clé de {0} a été retirée"],
    ["Slack weigert alles wat {0} vraagt (token_revoked).", "Slack refuses everything that {0} asks (token_revoked).", "Slack refuse tout ce que {0} demande (token_revoked)."]],
  RESTRICTED_ACTION: [
    ["{0} mag geen kanalen maken", "{0} may not make channels", "{0} ne peut pas créer de canaux"],
    ["Een beheerder heeft het maken van kanalen beperkt. Slack weigert het.", "An administrator restricted the making of channels. Slack refuses it.", "Une personne qui administre a limité la création de canaux. Slack la refuse."]],
  CANT_INVITE: [
    ["{0} mag niemand uitnodigen", "{0} may not invite anybody", "{0} ne peut inviter personne"],
    ["Slack weigert wanneer {0} mensen in een kanaal wil uitnodigen.", "Slack refuses when {0} wants to invite people to a channel.", "Slack refuse quand {0} veut inviter des personnes dans un canal."]],
  EDIT_WINDOW_CLOSED: [
    ["Berichten aanpassen mag niet meer", "Messages may not be edited any more", "Les messages ne peuvent plus être modifiés"],
    ["Slack weigert wanneer {0} een eigen bericht wil aanpassen.", "Slack refuses when {0} wants to change a message of its own.", "Slack refuse quand {0} veut modifier un de ses messages."]],
  TRIGGER_EXPIRED: [
    ["Een formulier gaat niet open: te laat", "A form does not open: too late", "Un formulaire ne s’ouvre pas : trop tard"],
    ["Iemand drukt op een knop, maar Slack zegt dat het te lang duurde.", "Somebody presses a button, but Slack says it took too long.", "Quelqu’un appuie sur un bouton, mais Slack dit que cela a pris trop de temps."]],
  VIEW_TOO_LARGE: [
    ["Een formulier gaat niet open: te groot", "A form does not open: too large", "Un formulaire ne s’ouvre pas : trop grand"],
    ["Iemand drukt op een knop, maar Slack vindt het formulier te groot.", "Somebody presses a button, but Slack finds the form too large.", "Quelqu’un appuie sur un bouton, mais Slack trouve le formulaire trop grand."]],
  CHANNEL_NOT_FOUND: [
    ["Slack vindt het kanaal niet", "Slack does not find the channel", "Slack ne trouve pas le canal"],
    ["Het kanaal is er voor iedereen, maar Slack zegt tegen {0} dat het niet bestaat.", "The channel is there for everybody, but Slack tells {0} that it does not exist.", "Le canal est là pour tout le monde, mais Slack dit à {0} qu’il n’existe pas."]],
  THREAD_NOT_FOUND: [
    ["Slack vindt de draad niet", "Slack does not find the thread", "Slack ne trouve pas le fil"],
    ["De draad is er voor iedereen, maar Slack zegt tegen {0} dat hij niet bestaat.", "The thread is there for everybody, but Slack tells {0} that it does not exist.", "Le fil est là pour tout le monde, mais Slack dit à {0} qu’il n’existe pas."]],
  INVALID_CURSOR: [
    ["Lezen stopt halverwege", "Reading stops half-way", "La lecture s’arrête à mi-chemin"],
    ["Bij een lange lijst geeft Slack de eerste bladzijde, en weigert de volgende.", "Of a long list Slack gives the first page, and refuses the next.", "D’une longue liste, Slack donne la première page et refuse la suivante."]],
  UNKNOWN_ERROR: [
    ["Slack weigert met een onbekend woord", "Slack refuses with an unknown word", "Slack refuse avec un mot inconnu"],
    ["Slack doet niet wat {0} vraagt, om een reden die nog niemand kent.", "Slack does not do what {0} asks, for a reason that nobody knows yet.", "Slack ne fait pas ce que {0} demande, pour une raison encore inconnue."]],
  CONNECTIONS_REFUSED: [
    ["Er komt geen nieuwe verbinding", "There is no new connection", "Il n’y a pas de nouvelle connexion"],
    ["Wanneer {0} opnieuw verbinding zoekt, weigert Slack.", "When {0} looks for a new connection, Slack refuses.", "Quand {0} cherche une nouvelle connexion, Slack refuse."]],
  DROPPED: [
    ["{0} hoort het niet", "{0} does not hear of it", "{0} ne l’apprend pas"],
    ["Iemand schrijft of doet iets, en {0} krijgt het nooit te horen.", "Somebody writes or does something, and {0} is never told.", "Quelqu’un écrit ou fait quelque chose, et {0} n’en est jamais averti."]],
  LATE: [
    ["{0} hoort het later", "{0} hears of it later", "{0} l’apprend plus tard"],
    ["Iemand schrijft of doet iets, en {0} krijgt het pas na een tijd te horen.", "Somebody writes or does something, and {0} is only told after a while.", "Quelqu’un écrit ou fait quelque chose, et {0} n’en est averti qu’après un moment."]],
  TWICE: [
    ["{0} hoort het twee keer", "{0} hears of it twice", "{0} l’apprend deux fois"],
    ["Slack meldt hetzelfde bericht twee keer, alsof het er twee zijn.", "Slack reports the same message twice, as if there were two.", "Slack annonce deux fois le même message, comme s’il y en avait deux."]],
  OUT_OF_ORDER: [
    ["{0} hoort het in de verkeerde volgorde", "{0} hears of it in the wrong order", "{0} l’apprend dans le désordre"],
    ["Slack meldt eerst wat daarna gebeurde. Zonder vervolg komt het na een minuut.", "Slack reports first what happened after it. If nothing follows, it comes after a minute.", "Slack annonce d’abord ce qui s’est passé ensuite. Sans suite, cela arrive après une minute."]],
  ODD_FIELDS: [
    ["In wat {0} hoort, ontbreekt iets", "Something is missing in what {0} hears", "Il manque quelque chose dans ce que {0} reçoit"],
    ["Slack meldt wat er gebeurde, maar één gegeven ontbreekt of is leeg.", "Slack reports what happened, but one detail is missing or empty.", "Slack annonce ce qui s’est passé, mais une donnée manque ou est vide."]],
  LINK_PREVIEW: [
    ["Slack toont een voorbeeld bij een link", "Slack shows a preview of a link", "Slack montre un aperçu d’un lien"],
    ["Onder het bericht komt een voorbeeld. Voor {0} lijkt het op een wijziging, met dezelfde woorden.", "A preview comes below the message. To {0} it looks like an edit, with the same words.", "Un aperçu apparaît sous le message. Pour {0}, cela ressemble à une modification, avec les mêmes mots."]],
  SOCKET_CLOSED: [
    ["De verbinding van {0} valt weg", "The connection of {0} drops", "La connexion de {0} tombe"],
    ["Zonder één woord. {0} moet zelf opnieuw verbinding zoeken.", "Without a word. {0} has to look for a new connection itself.", "Sans un mot. {0} doit chercher lui-même une nouvelle connexion."]],
  SOCKET_REFRESH: [
    ["Slack vraagt {0} opnieuw te verbinden", "Slack asks {0} to connect again", "Slack demande à {0} de se reconnecter"],
    ["Dat doet Slack om de paar uur. Leden zouden er niets van moeten merken.", "Slack does so every few hours. Members should not notice anything.", "Slack le fait toutes les quelques heures. Les membres ne devraient rien remarquer."]],
  ARCHIVED: [
    ["Het kanaal wordt gearchiveerd", "The channel is archived", "Le canal est archivé"],
    ["Niemand kan er nog schrijven, ook {0} niet.", "Nobody can write there any more, and neither can {0}.", "Plus personne ne peut y écrire, {0} non plus."]],
  BOT_REMOVED: [
    ["{0} wordt uit het kanaal gehaald", "{0} is removed from the channel", "{0} est retiré du canal"],
    ["{0} krijgt dat te horen, en kan er niet meer lezen of schrijven.", "{0} is told so, and can no longer read or write there.", "{0} en est averti, et ne peut plus y lire ni écrire."]],
  BOT_REMOVED_UNSAID: [
    ["{0} wordt stil uit het kanaal gehaald", "{0} is removed from the channel silently", "{0} est retiré du canal sans avertissement"],
    ["{0} krijgt dat niet te horen. Het merkt het pas wanneer het er iets wil doen.", "{0} is not told. It only notices when it wants to do something there.", "{0} n’en est pas averti, et ne le remarque qu’en voulant y faire quelque chose."]],
  SHARED: [
    ["Het kanaal wordt gedeeld met een andere organisatie", "The channel is shared with another organisation", "Le canal est partagé avec une autre organisation"],
    ["Mensen van buiten kunnen vanaf nu meelezen.", "People from outside can read along from now on.", "Des personnes de l’extérieur peuvent lire à partir de maintenant."]],
  MADE_PRIVATE: [
    ["Het kanaal wordt privé", "The channel becomes private", "Le canal devient privé"],
    ["Alleen wie erin zit, kan het nog zien.", "Only those who are in it can still see it.", "Seuls ses membres peuvent encore le voir."]],
  ID_CHANGED: [
    ["Het kanaal krijgt een ander nummer", "The channel gets another number", "Le canal reçoit un autre numéro"],
    ["Leden zien hetzelfde kanaal. Voor {0} heeft het een andere naam binnen Slack.", "Members see the same channel. To {0} it goes by another id within Slack.", "Les membres voient le même canal. Pour {0}, il porte un autre identifiant dans Slack."]],
  DELETED: [
    ["Het kanaal wordt verwijderd", "The channel is deleted", "Le canal est supprimé"],
    ["Het kanaal is weg, met alles wat er stond.", "The channel is gone, with everything in it.", "Le canal disparaît, avec tout son contenu."]],
  DEACTIVATED: [
    ["Iemands account wordt gesloten", "Somebody’s account is closed", "Le compte de quelqu’un est fermé"],
    ["Die persoon kan niets meer doen of lezen in de werkruimte.", "That person can no longer do or read anything in the workspace.", "Cette personne ne peut plus rien faire ni lire dans l’espace de travail."]],
  UNARCHIVED: [["Het kanaal is weer open", "The channel is open again", "Le canal est de nouveau ouvert"]],
  BOT_ASKED_BACK: [["{0} is weer in het kanaal", "{0} is in the channel again", "{0} est de nouveau dans le canal"]],
  UNSHARED: [["Het kanaal wordt niet meer gedeeld", "The channel is not shared any more", "Le canal n’est plus partagé"]],
  REACTIVATED: [["Het account is weer open", "The account is open again", "Le compte est de nouveau ouvert"]],
};

const OTHERS = {
  faults: ["Storing", "Trouble", "Panne"],
  faults_on: ["{0} aan", "{0} on", "{0} en cours"],
  faults_intro: ["Laat hier iets misgaan om te zien wat leden dan zien. Het gebeurt alleen in deze oefenwerkruimte.", "Let something go wrong here, to see what members would see. It happens in this practice workspace alone.", "Fais échouer quelque chose ici pour voir ce que verraient les membres. Cela ne se passe que dans cet espace d’exercice."],
  fault_kind: ["Wat gaat er mis?", "What goes wrong?", "Qu’est-ce qui ne va pas ?"],
  fault_doing: ["Wanneer {0} dit wil doen", "When {0} wants to do this", "Quand {0} veut faire ceci"],
  fault_place: ["In welk kanaal", "In which channel", "Dans quel canal"],
  fault_person: ["Van wie", "Whose", "De qui"],
  fault_times: ["Hoe vaak", "How often", "Combien de fois"],
  fault_seconds: ["Hoelang", "How long", "Combien de temps"],
  fault_skew: ["Hoeveel", "How much", "De combien"],
  everywhere: ["overal", "everywhere", "partout"],
  once: ["één keer", "once", "une fois"],
  until_stopped: ["telkens, tot je stopt", "each time, until you stop", "chaque fois, jusqu’à l’arrêt"],
  seconds: ["{0} seconden", "{0} seconds", "{0} secondes"],
  a_second: ["1 seconde", "1 second", "1 seconde"],
  minutes: ["{0} minuten", "{0} minutes", "{0} minutes"],
  ahead: ["{0} minuten voor", "{0} minutes ahead", "{0} minutes d’avance"],
  behind: ["{0} minuten achter", "{0} minutes behind", "{0} minutes de retard"],
  start: ["Start", "Start", "Démarrer"],
  stop: ["Stop", "Stop", "Arrêter"],
  stop_all: ["Alles stoppen", "Stop everything", "Tout arrêter"],
  on_now: ["Nu aan", "On now", "En cours"],
  just_now: ["zonet", "just now", "à l’instant"],
  minutes_ago: ["{0} min", "{0} min", "{0} min"],
  hours_ago: ["{0} uur", "{0} h", "{0} h"],
  put_right: ["Als je stopt, wordt het weer zoals het was.", "When you stop, it becomes as it was.", "À l’arrêt, tout redevient comme avant."],
  stays_so: ["Dit blijft zo, ook als je stopt.", "This stays so, even when you stop.", "Cela reste ainsi, même après l’arrêt."],
  now_and_then: ["Het gebeurt meteen, één keer.", "It happens at once, one time.", "Cela arrive tout de suite, une fois."],
  g_answers: ["Antwoorden van Slack", "Slack’s answers", "Réponses de Slack"],
  g_later: ["Slack vraagt te wachten", "Slack asks to wait", "Slack demande d’attendre"],
  g_refused: ["Slack weigert", "Slack refuses", "Slack refuse"],
  g_events: ["Wat {0} hoort", "What {0} hears", "Ce que {0} apprend"],
  g_places: ["Kanalen en mensen", "Channels and people", "Canaux et personnes"],
  doing_post: ["een bericht plaatsen", "post a message", "publier un message"],
  doing_update: ["een bericht aanpassen", "change a message", "modifier un message"],
  doing_delete: ["een bericht weghalen", "take a message away", "retirer un message"],
  doing_read: ["berichten lezen", "read messages", "lire des messages"],
  doing_form: ["een formulier openen", "open a form", "ouvrir un formulaire"],
  doing_home: ["de startpagina van iemand bijwerken", "update somebody’s Home", "mettre à jour un accueil"],
  doing_respond: ["antwoorden op een commando of knop", "answer a command or button", "répondre à une commande ou un bouton"],
  doing_upload: ["een bestand sturen", "send a file", "envoyer un fichier"],
  doing_channel: ["een kanaal maken", "make a channel", "créer un canal"],
  doing_invite: ["mensen uitnodigen", "invite people", "inviter des personnes"],
  doing_people: ["opzoeken wie er is", "look up who is there", "chercher qui est là"],
  doing_connect: ["verbinding maken", "connect", "se connecter"],
  doing_anything: ["wat dan ook", "anything", "n’importe quoi"],
};

export function addFaultTexts() {
  const named = Object.entries(KINDS).flatMap(([kind, [name, what]]) => [[`fault_${kind}`, name], [`what_${kind}`, what]]);
  addTexts({ ...OTHERS, ...Object.fromEntries(named.filter(([, words]) => words)) });
}
