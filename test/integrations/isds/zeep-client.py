# A foreign client of ISDS: python3-zeep on the official WSDL. Arguments: base address, folder of the WSDL, user, password, recipient's user, password.
# Prints one JSON object of what it has seen; everything sent and received is validated by zeep against the contract.
import base64, hashlib, json, logging, sys
from requests import Session
from requests.auth import HTTPBasicAuth
from zeep import Client, Settings, xsd
from zeep.transports import Transport

logging.disable(logging.CRITICAL)
base, wsdl, user, password, other, other_password = sys.argv[1:7]


def service(name, file, path, login):
    session = Session()
    session.auth = HTTPBasicAuth(*login)
    session.trust_env = False
    client = Client(f'{wsdl}/{file}.wsdl', transport=Transport(session=session), settings=Settings(strict=True, xml_huge_tree=True))
    binding = str(next(iter(client.wsdl.bindings)))
    return client, client.create_service(binding, f'{base}/DS/{path}')


sender, recipient = (user, password), (other, other_password)
ops_client, operations = service('operations', 'dm_operations', 'dz', sender)
_, received = service('operations', 'dm_operations', 'dz', recipient)
_, info = service('info', 'dm_info', 'dx', sender)
_, received_info = service('info', 'dm_info', 'dx', recipient)
_, search = service('search', 'db_search', 'df', sender)
_, access = service('access', 'db_access', 'DsManage', sender)
_, big = service('big', 'dm_VoDZ', 'vodz', sender)
_, received_big = service('big', 'dm_VoDZ', 'vodz', recipient)

NIL = xsd.Nil


def rows(array, name):
    # A repeated sequence comes from zeep as a list of dictionaries.
    if name in array:
        return array[name]
    return [row[name] for row in array['_value_1'] or [] if row[name] is not None]


names = 'dmSenderOrgUnit dmSenderOrgUnitNum dmRecipientOrgUnit dmRecipientOrgUnitNum dmToHands dmRecipientRefNumber dmRecipientIdent dmLegalTitleLaw dmLegalTitleYear dmLegalTitleSect dmLegalTitlePar dmLegalTitlePoint'.split()
envelope = {name: NIL for name in names}
envelope.update(dbIDRecipient='mulipo5', dmAnnotation='Zpráva od zeepu', dmSenderRefNumber='Z/1', dmSenderIdent='zeep-1', dmPersonalDelivery=False, dmAllowSubstDelivery=True)
content = b'%PDF-1.4 zeep'
files = {'dmFile': [{'dmMimeType': 'application/pdf', 'dmFileMetaType': 'main', 'dmFileDescr': 'zeep.pdf', 'dmEncodedContent': content}]}
seen = {}

created = operations.CreateMessage(dmEnvelope=envelope, dmFiles=files)
seen['create'] = created.dmStatus.dmStatusCode
message = created.dmID
window = dict(dmFromTime=NIL, dmToTime=NIL, dmStatusFilter='-1', dmOffset=1, dmLimit=100)
listed = received_info.GetListOfReceivedMessages(dmRecipientOrgUnitNum=NIL, **window)
seen['received'] = [record.dmAnnotation for record in rows(listed.dmRecords, 'dmRecord')]
sent = info.GetListOfSentMessages(dmSenderOrgUnitNum=NIL, **window)
seen['sent'] = [record.dmSenderIdent for record in rows(sent.dmRecords, 'dmRecord')]
changes = info.GetMessageStateChanges(dmFromTime=NIL, dmToTime=NIL)
seen['states'] = [record.dmMessageStatus for record in rows(changes.dmRecords, 'dmRecord')]
downloaded = received.MessageDownload(dmID=message)
seen['file'] = rows(downloaded.dmReturnedMessage.dmDm.dmFiles, 'dmFile')[0].dmEncodedContent.decode()
seen['signed'] = base64.b64encode(received.SignedMessageDownload(dmID=message).dmSignature).decode()
seen['signedSent'] = len(operations.SignedSentMessageDownload(dmID=message).dmSignature) > 0
delivery = info.GetDeliveryInfo(dmID=message)
seen['events'] = [event.dmEventDescr.split(':')[0] for event in rows(delivery.dmDelivery.dmEvents, 'dmEvent')]
seen['report'] = base64.b64encode(info.GetSignedDeliveryInfo(dmID=message).dmSignature).decode()
seen['hash'] = received_info.VerifyMessage(dmID=message).dmHash._value_1 == downloaded.dmReturnedMessage.dmHash._value_1
seen['envelope'] = received_info.MessageEnvelopeDownload(dmID=message).dmReturnedMessageEnvelope.dmDm.dmAnnotation
seen['author'] = [(item.key, item.value) for item in rows(received_info.GetMessageAuthor2(dmID=message).dmMessageAuthor, 'maItem')]
seen['genuine'] = received.AuthenticateMessage(dmMessage=base64.b64decode(seen['signed'])).dmAuthResult
seen['read'] = received_info.MarkMessageAsDownloaded(dmID=message).dmStatusCode

owner_names = 'dbID aifoIsds dbType ic pnGivenNames pnLastName firmName biDate biCity biCounty biState adCode adCity adDistrict adStreet adNumberInStreet adNumberInMunicipality adZipCode adState nationality dbIdOVM dbState dbOpenAddressing dbUpperID'.split()
wanted = {name: NIL for name in owner_names}
wanted.update(dbType='FO', pnLastName='Novotná')
seen['found'] = [box.dbID for box in rows(search.FindDataBox2(dbOwnerInfo=wanted).dbResults, 'dbOwnerInfo')]
hits = search.ISDSSearch3(searchText='novotna', searchType='GENERAL', searchScope='ALL', page=0, pageSize=10, highlighting=True)
seen['search'] = [(hits.totalCount, box.dbID, box.dbName) for box in rows(hits.dbResults, 'dbResult')]
seen['state'] = search.CheckDataBox(dbID='jnovot7').dbState
seen['owner'] = access.GetOwnerInfoFromLogin2(dbDummy='').dbOwnerInfo.dbID
seen['user'] = access.GetUserInfoFromLogin2(dbDummy='').dbUserInfo.userType

several = {key: value for key, value in envelope.items() if key not in ('dbIDRecipient', 'dmRecipientOrgUnit', 'dmRecipientOrgUnitNum', 'dmToHands')}
recipients = {'dmRecipient': [{'dbIDRecipient': box, 'dmRecipientOrgUnit': NIL, 'dmRecipientOrgUnitNum': NIL, 'dmToHands': NIL} for box in ('jnovot7', 'zzzzzz1')]}
multiple = operations.CreateMultipleMessage(dmRecipients=recipients, dmEnvelope=several, dmFiles=files)
seen['multiple'] = [multiple.dmStatus.dmStatusCode, [one.dmStatus.dmStatusCode for one in rows(multiple.dmMultipleStatus, 'dmSingleStatus')]]

large = bytes(range(256)) * 600
uploaded = big.UploadAttachment(dmFile={'dmMimeType': 'application/pdf', 'dmFileDescr': 'velka.pdf', 'dmEncodedContent': large})
seen['hashes'] = [uploaded.dmAttHash1._value_1 == hashlib.sha256(large).hexdigest(), uploaded.dmAttHash2._value_1 == hashlib.sha3_256(large).hexdigest()]
named = {'dmFileMetaType': 'main', 'dmAttID': uploaded.dmAttID, 'dmAttHash1': uploaded.dmAttHash1._value_1, 'dmAttHash1Alg': 'SHA-256', 'dmAttHash2': uploaded.dmAttHash2._value_1, 'dmAttHash2Alg': 'SHA3-256'}
large_message = big.CreateBigMessage(dmEnvelope=envelope, dmFiles={'dmExtFile': [named]})
seen['big'] = large_message.dmStatus.dmStatusCode
received_info.GetListOfReceivedMessages(dmRecipientOrgUnitNum=NIL, **window)
attachment = received_big.DownloadAttachment(dmID=large_message.dmID, attNum=0)
seen['attachment'] = [attachment.dmFile.dmFileDescr, attachment.dmFile.dmEncodedContent == large]
seen['pastTheLast'] = received_big.DownloadAttachment(dmID=large_message.dmID, attNum=1).dmStatus.dmStatusCode
seen['bigSigned'] = len(received_big.SignedBigMessageDownload(dmID=large_message.dmID).dmSignature) > len(large)
seen['wrongService'] = received.SignedMessageDownload(dmID=large_message.dmID).dmStatus.dmStatusCode
print(json.dumps(seen, ensure_ascii=True))
