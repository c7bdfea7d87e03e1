-- Every index of a table of towns begins with the town: identifiers of an eSSL are looked up within it, and only when none of ours is named.
drop index records_document_outside;
drop index records_file_outside;
