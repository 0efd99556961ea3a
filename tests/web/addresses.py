"""Every other address of the product with who gets in; ``test_urls`` tries them all.

Those of a procedure are in ``procedure_addresses``, with what the letters mean.
"""

from __future__ import annotations

PROVIDER_URLS = """
GET  procedures:overview  ku
GET  reflection:cases     gakum
GET  procedures:start     k
POST procedures:start     k
GET  procedures:workings  k
GET  procedures:working/klein  k
POST procedures:working/klein  k
GET  procedures:usual     k
POST procedures:usual     k
GET  procedures:keeping   k
POST procedures:keeping   k
GET  issuers:signing      k
GET  issuers:identity     k
POST issuers:identity     k
GET  issuers:change_key   k
POST issuers:change_key   k
GET  issuers:stolen/KEY   k
POST issuers:stolen/KEY   k
GET  growth:offers        k
GET  growth:offers_on/klein/1        k
POST growth:offers_on/klein/1        k
GET  growth:offers_template/klein/1  k
GET  growth:own_profiles        k
GET  growth:own_profiles_on/klein/1        k
POST growth:own_profiles_on/klein/1        k
GET  growth:own_profiles_template/klein/1  k
GET  growth:programmes        k
GET  growth:programmes_on/klein/1        k
POST growth:programmes_on/klein/1        k
GET  growth:programmes_template/klein/1  k
GET  growth:programme_list    gakum
GET  growth:programme/klein/1/PROGRAMME       gakum
GET  growth:programme_sheet/klein/1/PROGRAMME gakum
GET  growth:interventions        k
GET  growth:interventions_on/klein/1        k
POST growth:interventions_on/klein/1        k
GET  growth:interventions_template/klein/1  k
GET  interventions:new/klein/1   k
POST interventions:new/klein/1   k
GET  interventions:change/klein/1/INTERVENTION  k
POST interventions:change/klein/1/INTERVENTION  k
GET  interventions:remove/klein/1/INTERVENTION  k
POST interventions:remove/klein/1/INTERVENTION  k
GET  growth:own_profiles_list/klein/1      k
GET  growth:own_profile_new/klein/1        k
POST growth:own_profile_new/klein/1        k
POST growth:own_profile_wheel/klein/1      k
GET  signs:settings       k
POST signs:settings       k
GET  mail:of_provider     kuo
GET  agenda:reminders     k
POST agenda:reminders     k
GET  procedures:people    kuo
POST procedures:people    ko
GET  drafting:own         k
GET  drafting:start       k
GET  drafting:begin/leeg  k
POST drafting:begin/leeg  k
GET  frameworks:wordings  ku
GET  frameworks:wording/klein/1               ku
POST frameworks:wording/klein/1               k
GET  frameworks:wording_review/klein/1        k
POST frameworks:wording_review/klein/1        k
GET  frameworks:wording_template/klein/1/xlsx ku
GET  frameworks:wording_template/klein/1/csv  ku
GET  frameworks:own_links    ku
GET  frameworks:links_start  k
POST frameworks:links_start  k
GET  auditing:samples        ku
GET  auditing:announce       u
POST auditing:announce       u
GET  auditing:sample/SAMPLE  ku
GET  auditing:draw/SAMPLE    u
POST auditing:draw/SAMPLE    u
GET  auditing:check/SAMPLE   ku
GET  auditing:export/SAMPLE  ku
GET  auditing:notice         ku
GET  auditing:notice_file    ku
GET  calibration:index       amku
GET  calibration:real        amku
GET  calibration:new         k
POST calibration:new         k
GET  calibration:practice/PRACTICE  amku
GET  calibration:judge/PRACTICE     am
POST calibration:judge/PRACTICE     am
GET  calibration:prepare/PRACTICE   k
POST calibration:prepare/PRACTICE   k
POST calibration:piece/PRACTICE     k
POST calibration:remove/PRACTICE/TEXT  k
GET  teams:overview          k
POST teams:overview          k
GET  teams:cohorts           k
GET  teams:cohort_new        k
POST teams:cohort_new        k
GET  teams:cohort_change/COHORT  k
POST teams:cohort_change/COHORT  k
GET  teams:new               k
POST teams:new               k
GET  teams:over_time         k
GET  teams:sector            k
POST teams:sector            k
GET  teams:research          k
POST teams:research          k
GET  teams:research_file/EXPORT  k
GET  teams:lead/TEAM         k
POST teams:lead/TEAM         k
"""

# In a team: l leads it, t is a member. Who has another part in it is refused; for others it does not exist,
# whoever coordinates the organisation among them.
TEAM_URLS = """
GET  teams:team           l
GET  teams:spread         l
GET  teams:models         l
GET  teams:knowledge      l
GET  teams:what_if        l
GET  teams:sheet          l
GET  teams:paper          l
GET  teams:plan           l
GET  teams:start/een-generalist  l
POST teams:start/een-generalist  l
GET  teams:goals          lt
GET  teams:goal_new       l
POST teams:goal_new       l
GET  teams:goal_change/GOAL  l
POST teams:goal_change/GOAL  l
GET  teams:goal_close/GOAL   l
POST teams:goal_close/GOAL   l
GET  teams:goal_drop/GOAL    l
POST teams:goal_drop/GOAL    l
GET  teams:people         l
POST teams:people         l
GET  teams:remove/MEMBER  l
POST teams:remove/MEMBER  l
GET  teams:cohort         -
POST teams:cohort         -
GET  teams:cohort_growth  -
GET  teams:share          t
POST teams:share          t
POST teams:stop           t
GET  teams:leave          t
POST teams:leave          t
"""

# Of a cohort the same addresses are asked: r trains it. Whatever is not here is refused to everybody, also
# what is added to the table above: a lead sees people there, and a trainer never does.
COHORT_LETTERS = {
    "teams:cohort": "r",
    "teams:cohort_growth": "r",
    "teams:people": "r",
    "teams:remove": "r",
    "teams:share": "t",
    "teams:stop": "t",
    "teams:leave": "t",
}

# On a draft: who works at its provider but is no coordinator is refused (403); for others it is not there.
DRAFT_URLS = """
GET  drafting:draft
GET  drafting:head
POST drafting:head
GET  drafting:add
POST drafting:add
GET  drafting:item/1.1
POST drafting:item/1.1
GET  drafting:place/1.1
POST drafting:place/1.1
GET  drafting:remove/1.1
POST drafting:remove/1.3
GET  drafting:stages
POST drafting:stages
GET  drafting:stage/vakbekwaam
POST drafting:stage/vakbekwaam
GET  drafting:documents
POST drafting:documents
GET  drafting:document/test
POST drafting:document/test
GET  drafting:modules
POST drafting:modules
GET  drafting:rule
POST drafting:rule
GET  drafting:sentence
GET  drafting:rule_part/0
POST drafting:rule_part/0
GET  drafting:spreadsheet
POST drafting:spreadsheet
GET  drafting:download
GET  drafting:publish
POST drafting:publish
GET  drafting:drop
POST drafting:drop
"""

# A portfolio of one's own, here of the candidate: for everybody else it does not exist.
PORTFOLIO_URLS = """
GET  portfolio:own_dossier
GET  portfolio:own_coverage
GET  portfolio:own_unit/1.1
GET  portfolio:own_unit_ladder/1.1
GET  portfolio:own_evidence_kinds
GET  portfolio:own_evidence_new/diploma
POST portfolio:own_evidence_new/story
GET  portfolio:own_evidence/PIECE
POST portfolio:own_evidence/PIECE
GET  portfolio:own_versions/PIECE
GET  portfolio:own_version/PIECE/1
POST portfolio:own_version/PIECE/1
GET  portfolio:own_evidence_remove/PIECE
POST portfolio:own_evidence_remove/PIECE
"""

# What a coordinator gathers: nobody else sees it, also not who runs the installation.
LINKS_URLS = """
GET  frameworks:links_draft
POST frameworks:links_draft
GET  frameworks:links_sheet
GET  frameworks:links_publish
POST frameworks:links_publish
POST frameworks:links_drop
"""

OWN_URLS = """
GET  portfolio:portfolios  loggedin
GET  portfolio:take_along  loggedin
GET  portfolio:bring_in    loggedin
GET  portfolio:from_mahara  loggedin
GET  home               everybody
GET  assessment:queue   loggedin
GET  agenda:agenda      loggedin
GET  agenda:link        loggedin
GET  calibration:home   loggedin
GET  teams:home         loggedin
POST save_draft/x:y     loggedin
GET  drafting:template  loggedin
GET  growth:rounds      loggedin
GET  growth:what_if/klein/1  loggedin
GET  growth:where       loggedin
GET  growth:gap/klein/1/stadium-vakbekwaam  loggedin
GET  growth:plan        loggedin
GET  growth:talk        loggedin
GET  growth:agree       loggedin
GET  growth:goal_new?kader=klein@1&code=1.1  loggedin
GET  growth:knowledge   loggedin
GET  growth:profiles    everybody
GET  growth:profile/rollen/uitvoerder  everybody
GET  growth:profile_compare  everybody
GET  feedback:requests  loggedin
GET  interventions:index    loggedin
GET  reflection:home    loggedin
GET  reflection:new/starr  loggedin
GET  reflection:walk    loggedin
GET  reflection:deliberation_new  loggedin
GET  frameworks:list    everybody
GET  frameworks:compare everybody
GET  frameworks:compare_sheet?a=klein@1&b=klein@1  everybody
GET  frameworks:framework/klein/1      everybody
GET  frameworks:crosswalks             everybody
GET  frameworks:crosswalk/namen-lokaal          everybody
GET  frameworks:crosswalk_sheet/namen-lokaal    everybody
GET  frameworks:item/klein/1/1.1       everybody
GET  issuers:about/PROVIDER            everybody
GET  did_document/PROVIDER             everybody
GET  checking:check                    everybody
GET  checking:yourself                 everybody
GET  checking:many                     everybody
GET  registers:openapi-json            everybody
GET  checking:bundle                   everybody
GET  publiclog:page                    everybody
GET  log:checkpoint                    everybody
GET  log:key                           everybody
GET  log:consistency?from=1&to=1       everybody
GET  log:proof?index=0                 everybody
GET  log:entries                       everybody
GET  case:documents                    everybody
GET  case:discovery                    everybody
GET  case:package/OURS                 everybody
GET  case:item_associations/OURS       everybody
GET  case:CFDocuments/OURS             everybody
GET  case:CFItems/OURS                 everybody
GET  case:CFAssociations/OURS          everybody
GET  case:CFItemTypes/OURS             everybody
GET  case:CFSubjects/OURS              everybody
GET  case:CFLicenses/OURS              everybody
GET  case:CFRubrics/OURS               everybody
GET  frameworks:take_along/klein/1/json    everybody
"""

# Whoever may do this is refused here because something is not ready: that has tests of its own.
TOO_EARLY = {"assessment:finish", "auditing:draw/SAMPLE", "certificates:decide", "certificates:issue"}

# Addresses whose visitors cannot be told apart by role alone: tested where their room is tested.
ELSEWHERE = {
    "status_list",
    "set_language",
    "mail:everything",
    "agenda:feed",
    "portfolio:evidence_file",
    "portfolio:own_evidence_file",
    "portfolio:own_mark",
    "portfolio:own_suggestion",
    "portfolio:bring_in_look",
    "portfolio:brought",
    "portfolio:brought_file",
    "portfolio:mahara_found",
    "portfolio:upload_begin",
    "portfolio:upload",
    "assessment:piece_file",
    "assessment:session",
    "certificates:fact_answer",
    "checking:short",
    "checking:number",
    "checking:name",
    "checking:batch",
    "checking:batch_report",
    "registers:certificate",
    "registers:certificates",
    "registers:check",
    "registers:api-root",
    "certificates:shared",
    "signs:look",
    "signs:texts",
    "frameworks:wording_withdraw",
    "feedback:ask_confirmation",
    "feedback:ask_rating",
    "feedback:request",
    "feedback:again",
    "feedback:withdraw",
    "feedback:referee",
    "feedback:referee_file",
    "reflection:reflection",
    "reflection:change",
    "reflection:remove",
    "reflection:evidence",
    "reflection:deliberation",
    "reflection:guest",
    "reflection:move",
    "reflection:guest_move",
    "reflection:consent",
    "reflection:guest_consent",
    "reflection:people",
    "reflection:again",
    "reflection:withdraw",
    "reflection:deliberation_evidence",
    "reflection:deliberation_erase",
    "reflection:offer",
    "reflection:case",
    "reflection:case_remove",
    "growth:start",
    "growth:round",
    "growth:unit",
    "growth:finish",
    "growth:drop",
    "growth:growth",
    "growth:goal",
    "growth:goal_change",
    "growth:goal_close",
    "growth:goal_drop",
    "growth:activity_new",
    "growth:activity",
    "growth:activity_change",
    "growth:activity_done",
    "growth:activity_drop",
    "growth:offers_withdraw",
    "growth:own_profiles_withdraw",
    "growth:knowledge_item",
    "growth:knowledge_still",
    "growth:knowledge_forget",
    "growth:programmes_withdraw",
    "growth:interventions_withdraw",
    "interventions:one",
    "interventions:compare",
    "interventions:combine",
    "growth:own_profile_change",
    "growth:own_profile_remove",
    "growth:profile_versions",
    "growth:evidence_begin",
    "growth:evidence_tie",
    "demo_login",
    "case:CFConcepts",
    "case:CFAssociationGroupings",
    "case:top",
    "case:nothing",
    "drafting:home",
    "drafting:in_use",
}
