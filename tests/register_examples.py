"""A register for the small city: three enterprises of one locality, what they did, two towns."""

from core.services.importing import Plan
from core.store.engine import Store
from tests.city_examples import take_in

ENTERPRISES = """code,name,locality,industry,high_risk,staff,active_from,active_until
E1,宏远机械制造有限公司,L1,工贸,0,30,,
E2,康泰粮油食品有限公司,L1,工贸,0,31,,
E3,平阳煤矿有限公司,L1,矿山,1,300,,
"""
DUTIES = """enterprise,duty_list,log,warning,six_inspection,insurance
E1,2025-02-10,2025-01-20,2025-03-02、2025-05-10,2025-03-03,
E2,2025-02-11,,2025-06-10,,
E3,2025-03-11,2025-02-20,,2025-01-10、2025-02-11,2024-06-01至2025-05-31、2025-06-10至2026-06-09
"""
CHECKS = """enterprise,checked_on,visit,checked_by,found_true,found_false,note
E1,2025-05-20,督查,李一鸣,一本、一责,一警,记录不全
E2,2025-06-11,执法检查,李一鸣,一本,,
"""
TOWNS = """code,locality,name,heavy_duty
T1,L1,石横镇,1
T2,L1,潮泉镇,0
"""
TOWN_STAFF = """town,counted_on,staff,note
T1,2025-02-10,4,
T2,2025-02-10,3,
T1,2025-05-12,5,
"""
INSPECTORS = """locality,counted_on,full_time,part_time,note
L1,2025-04-01,6,12,
"""
REGISTER = {
    "enterprises": ENTERPRISES,
    "enterprise_duties": DUTIES,
    "spot_checks": CHECKS,
    "towns": TOWNS,
    "town_staff": TOWN_STAFF,
    "inspectors": INSPECTORS,
}


def take_in_register(store: Store) -> Plan:
    """Import the whole register."""
    return take_in(store, REGISTER)
