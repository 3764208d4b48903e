"""Reference rates in the shapes of their publishers."""

ECB = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
\t\t<Cube time='2026-11-04'>
\t\t\t<Cube currency='USD' rate='1.25'/>
\t\t\t<Cube currency='JPY' rate='176.99'/>
\t\t\t<Cube currency='GBP' rate='0.85033'/>
\t\t\t<Cube currency='CNY' rate='8.0'/>
\t\t\t<Cube currency='CHF' rate='0.9279'/>
\t\t</Cube>
\t</Cube>
</gesmes:Envelope>"""
FRANKFURTER = {"amount": 1.0, "base": "EUR", "date": "2026-11-04", "rates": {"USD": 1.25, "CNY": 8.0}}
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Cube time='2026-11-04'><Cube currency='USD' rate='1'/>&c;</Cube>"""
