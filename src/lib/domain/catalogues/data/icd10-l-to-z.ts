/**
 * Diagnoses of a commune station, chapters L to Z: a selection of this project. Codes, names and edit flags are
 * those of the annex of Decision 4469/QĐ-BYT (28 October 2020), as published, slips of spelling included.
 * One a line: code | Vietnamese | English | flags.
 */
export const DIAGNOSES_L_TO_Z = `
L01.0|Chốc [bất kỳ sinh vật nào] [cơ quan nào] [bất kỳ vị trí nào]|Impetigo [any organism] [any site]
L02.9|Áp xe da, nhọt, cụm nhọt không đặc hiệu|Cutaneous abscess, furuncle and carbuncle, unspecified
L03.9|Viêm mô bào không đặc hiệu|Cellulitis, unspecified
L04.9|Viêm bạch mạch huyết cấp, không đặc hiệu|Acute lymphadenitis, unspecified
L08.0|Viêm da mủ|Pyoderma
L08.9|Các nhiễm trùng khu trú ở da và tổ chức dưới da không đặc hiệu|Local infection of skin and subcutaneous tissue, unspecified
L20.9|Viêm da cơ địa, không đặc hiệu|Atopic dermatitis, unspecified
L21.9|Viêm da dầu không đặc hiệu|Seborrhoeic dermatitis, unspecified
L22|Viêm da tã lót|Diaper (napkin) dermatitis
L23.9|Viêm da dị ứng tiếp xúc , nguyên nhân không đặc hiệu|Allergic contact dermatitis, unspecified cause
L25.9|Viêm da tiếp xúc không đặc hiệu|Unspecified contact dermatitis, unspecified cause
L27.0|Phát ban toàn thân do dược chất và thuốc|Generalized skin eruption due to drugs and medicaments
L28.2|Sẩn ngứa khác|Other prurigo
L29.9|Ngứa không đặc hiệu|Pruritus, unspecified
L30.9|Viêm da, không đặc hiệu|Dermatitis, unspecified
L40.9|Vảy nến, không điển hình|Psoriasis, unspecified
L42|Vảy phấn hồng|Pityriasis
L50.0|Mày đay dị ứng|Allergic urticaria
L50.9|Mày đay, không đặc hiệu|Urticaria, unspecified
L55.9|Bỏng nắng, không điển hình|Sunburn, unspecified
L60.0|Móng chọc thịt|Ingrowing nail
L63.9|Rụng tóc từng mảng, không điển hình|Alopecia areata, unspecified
L70.0|Trứng cá thông thường|Acne vulgaris
L72.1|Kén ở chân lông|Trichilemmal cyst
L74.0|Rôm đỏ|Miliaria rubra
L80|Bạch biến|Vitiligo
L84|Mắt cá và chai chân|Corns and callosities
L89.9|Loét nằm và vùng đè ép, không đặc hiệu|Decubitus ulcer and pressure area, unspecified
M06.9|Viêm khớp dạng thấp không đặc hiệu|Rheumatoid arthritis, unspecified
M10.9|Bệnh Gút không đặc hiệu|Gout, unspecified
M13.9|Viêm khớp không đặc hiệu|Arthritis, unspecified
M15.9|Các thoái hóa đa khớp không đặc hiệu|Polyarthrosis, unspecified|adult
M17.9|Thoái hóa khớp gối không đặc hiệu|Gonarthrosis, unspecified
M19.9|Thoái hóa khớp không đặc hiệu|Arthrosis, unspecified
M25.5|Đau khớp|Pain in joint
M41.9|Vẹo cột sống không đặc hiệu|Scoliosis, unspecified
M43.6|Vẹo cổ|Torticollis
M45|Bệnh viêm cột sống dính khớp|Ankylosing spondylitis
M47.2|thoái hóa cột sống khác có tổn thương rễ sống|Other spondylosis with radiculopathy
M47.8|Các thoái hóa cột sống khác|Other spondylosis
M48.0|Hẹp ống sống|Spinal stenosis
M50.9|Các bệnh đĩa đệm đốt sống cổ khác không đặc hiệu|Cervical disc disorder, unspecified
M51.2|Thoát vị đĩa đệm đốt sống đặc hiệu khác|Other specified intervertebral disc displacement
M54.2|Đau vùng cổ gáy|Cervicalgia
M54.3|Đau dây thần kinh tọa|Sciatica
M54.4|Đau lưng kèm đau dây thần kinh tọa|Lumbago with sciatica
M54.5|Đau cột sống thắt lưng|Low back pain
M54.9|Đau lưng không đặc hiệu|Dorsalgia, unspecified
M62.6|Căng cơ quá mức|Muscle strain
M65.9|Viêm màng hoạt dịch và viêm bao gân, không đặc hiệu|Synovitis and tenosynovitis, unspecified
M67.4|Kén|Ganglion
M70.9|Các bệnh mô mềm không đặc hiệu liên quan đến vận động, vận động quá mức và bị chèn ép|Unspecified soft tissue disorder related to use, overuse and pressure
M75.0|Viêm bao hoạt dịch co thắt khớp vai|Adhesive capsulitis of shoulder
M77.1|Viêm điểm bám gân lồi cầu ngoài xương cánh tay|Lateral epicondylitis
M79.1|Đau cơ|Myalgia
M79.2|Đau dây thần kinh và viêm dây thần kinh, không đặc hiệu|Neuralgia and neuritis, unspecified
M79.6|Đau ở một chi|Pain in limb
M80.9|Loãng xương không đặc hiệu có kèm gãy xương bệnh lý|Unspecified osteoporosis with pathological fracture
M81.9|Loãng xương không đặc hiệu|Osteoporosis, unspecified
N00.9|Hội chứng viêm cầu thận cấp, Không đặc hiệu|Acute nephritic syndrome, unspecified
N04.9|Hội chứng thận hư không xác định|Nephrotic syndrome unspecified
N10|Viêm mô kẽ ống thận cấp|Acute tubulo-interstitial nephritis
N12|Viêm mô kẽ ống thận, không xác định cấp hay mạn|Tubulo-interstitial nephritis, not specified as acute or chronic
N13.2|Thận ứ nước do sỏi thận và niệu quản gây tắc nghẽn|Hydronephrosis with renal and ureteral calculous obstruction
N15.9|Bệnh kẽ ống thận không đặc hiệu|Renal tubulo-interstitial disease, unspecified
N18.3|Suy thận mạn, giai đoạn 3|Chronic kidney disease, stage 3
N18.9|Suy thận mạn, không đặc hiệu|Chronic renal failure, unspecified
N20.0|Sỏi thận|Calculus of kidney
N20.1|Sỏi niệu quản|Calculus of ureter
N20.9|Sỏi tiết niệu, không đặc hiệu|Urinary calculus, unspecified
N23|Cơn đau quặn thận không xác định|Unspecified renal colic
N30.0|Viêm bàng quang cấp|Acute cystitis
N30.9|Viêm bàng quang, không đặc hiệu|Cystitis, unspecified
N34.1|Viêm niệu đạo không đặc hiệu|Nonspecific urethritis
N39.0|Nhiễm khuẩn hệ tiết niệu, vị trí không xác định|Urinary tract infection, site not specified
N39.4|Tiểu không kiểm soát xác định khác|Other specified urinary incontinence
N40|Tăng sản tuyến tiền liệt|Hyperplasia of prostate|male
N41.1|Viêm tuyến tiền liệt mạn|Chronic prostatitis|male
N45.9|Viêm tinh hoàn, mào tinh hoàn và viêm tinh hoàn- mào tinh hoàn không có áp xe|Orchitis, epididymitis and epididymo-orchitis without abscess|male
N47|Bao quy đầu rộng, hẹp bao quy đầu và nghẹt bao quy đầu|Redundant prepuce, phimosis and paraphimosis|male
N48.1|Viêm quy đầu - bao quy đầu|Balanoposthitis|male
N60.1|Nang lan toả vú|Diffuse cystic mastopathy
N61|Viêm vú|Inflammatory disorders of breast
N63|Khối u không xác định ở vú|Unspecified lump in breast
N70.9|Viêm vòi và buồng trứng, không đặc hiệu|Salpingitis and oophoritis, unspecified|female
N72|Viêm cổ tử cung|Inflammatory disease of cervix uteri|female
N73.9|Viêm vùng chậu nữ, không đặc hiệu|Female pelvic inflammatory disease, unspecified|female
N76.0|Viêm âm đạo cấp|Acute vaginitis|female
N81.9|Sa sinh dục nữ, không đặc hiệu|Female genital prolapse, unspecified|female
N83.2|Các u nang buồng trứng khác và không đặc hiệu|Other and unspecified ovarian cysts|female
N91.2|Vô kinh, không đặc hiệu|Amenorrhoea, unspecified|female
N92.0|Kinh nguyệt nhiều và hay xuất hiện với chu kỳ đều|Excessive and frequent menstruation with regular cycle|female
N92.6|Kinh nguyệt không đều, không đặc hiệu|Irregular menstruation, unspecified|female
N93.9|Chảy máu bất thường của tử cung và âm đạo, không đặc hiệu|Abnormal uterine and vaginal bleeding, unspecified|female
N94.6|Đau kinh, không đặc hiệu|Dysmenorrhoea, unspecified|female
N95.1|Tình trạng mãn kinh nữ|Menopausal and female climacteric states|female
N97.9|Vô sinh nữ, không đặc hiệu|Female infertility, unspecified|female
O00.9|Chửa ngoài tử cung, chưa xác định rõ|Ectopic pregnancy, unspecified|female
O03.9|Sẩy thai tự nhiên (Hoàn toàn hoặc chưa xác định rõ, không có biến chứng)|Spontaneous abortion (Complete or unspecified, without complication)|female
O10.0|Tăng huyết áp chủ yếu có sẵn gây biến chứng cho thai nghén, khi đẻ và sau khi đẻ|Pre-existing essential hypertension complicating pregnancy, childbirth and the puerperium|female
O13|Tăng huyết áp thai nghén (do thai nghén gây ra)|Gestational (pregnancy-induced) hypertension|female
O14.0|Tiền sản giật thể nhẹ đến trung bình|Moderate pre-eclampsia|female
O14.1|Tiền sản giật thể nặng|Severe pre-eclampsia|female
O14.9|Tiền sản giật chưa xác định rõ|Pre-eclampsia, unspecified|female
O15.9|Sản giật chưa xác định rõ thời kỳ xảy ra|Eclampsia, unspecified as to time period|female
O20.0|Doạ sẩy thai|Threatened abortion|female
O21.0|Nôn nghén thể trung bình|Mild hyperemesis gravidarum|female
O21.9|Nôn trong khi có thai, chưa xác định rõ|Vomiting of pregnancy, unspecified|female
O23.4|Nhiễm khuẩn đường tiết niệu chưa xác định rõ trong khi có thai|Unspecified infection of urinary tract in pregnancy|female
O24.4|Đái tháo đường tăng lên trong khi có thai|Diabetes mellitus arising in pregnancy|female
O26.9|Các tình trạng liên quan đến thai nghén chưa xác định rõ|Pregnancy-related condition, unspecified|female
O36.4|Chăm sóc bà mẹ vì thai chết lưu trong tử cung|Maternal care for intrauterine death|female
O42.9|Vỡ ối sớm, chưa xác định rõ|Premature rupture of membranes, unspecified|female
O47.9|Chuyển dạ giả, chưa xác định rõ|False labour, unspecified|female
O60|Chuyển dạ sớm và đẻ|Preterm labour
O72.1|Chảy máu ngay sau lúc đẻ khác|Other immediate postpartum haemorrhage|female
O80.0|Đẻ thường ngôi đầu|Spontaneous vertex delivery|female
O80.9|Đẻ thường một thai chưa xác định rõ|Single spontaneous delivery, unspecified|female
O86.4|Sốt không rõ nguyên nhân sau đẻ|Pyrexia of unknown origin following delivery|female
O90.8|Biến chứng khác sau đẻ chưa được xếp loại ở phần khác|Other complications of the puerperium, not elsewhere classified|female
O91.1|Áp xe vú phối hợp với đẻ|Abscess of breast associated with childbirth|female
O92.7|Rối loạn tiết sữa khác chưa xác định rõ|Other and unspecified disorders of lactation|female
O99.0|Thiếu máu gây biến chứng cho thai nghén, khi đẻ và sau đẻ|Anaemia complicating pregnancy, childbirth and the puerperium|female
P05.9|Thai chậm phát triển, chưa xác định|Slow fetal growth, unspecified|newborn
P07.1|Trẻ nhẹ cân khác|Other low birth weight|newborn
P07.3|Trẻ đẻ non khác|Other preterm infants|newborn
P21.9|Ngạt khi đẻ, chưa xác định|Birth asphyxia, unspecified|newborn
P22.9|Suy hô hấp của trẻ sơ sinh, chưa xác định|Respiratory distress of newborn, unspecified|newborn
P36.9|Nhiễm khuẩn không được định rõ của trẻ sơ sinh|Bacterial sepsis of newborn, unspecified|newborn
P38|Viêm rốn trẻ sơ sinh có hoặc không có chảy máu mức độ nhẹ|Omphalitis of newborn with or without mild haemorrhage|newborn
P39.1|Viêm kết mạc và ống dẫn lệ của trẻ sơ sinh|Neonatal conjunctivitis and dacryocystitis|newborn
P39.4|Nhiễm khuẩn da trẻ sơ sinh|Neonatal skin infection|newborn
P55.9|Bệnh huyết tán của thai và trẻ sơ sinh, chưa xác định|Haemolytic disease of fetus and newborn, unspecified|newborn
P59.9|Vàng da sơ sinh không được định rõ|Neonatal jaundice, unspecified|newborn
P83.1|Đỏ da nhiễm độc của trẻ sơ sinh|Neonatal erythema toxicum|newborn
P92.9|Vấn đề nuôi dưỡng không được định rõ của trẻ sơ sinh|Feeding problem of newborn, unspecified|newborn
Q21.0|Thông liên thất|Ventricular septal defect
Q21.1|Thông liên nhĩ|Atrial septal defect
Q25.0|Còn ống động mạch|Patent ductus arteriosus
Q35.9|Khe hở vòm miệng, không đặc hiệu, một bên|Cleft palate, unspecified
Q36.9|Khe hở môi, một bên|Cleft lip, unilateral
Q37.9|Khe hở vòm miệng không xác định và khe hở môi một bên|Unspecified cleft palate with unilateral cleft lip
Q53.9|Tinh hoàn chưa xuống bìu, không đặc hiệu|Undescended testicle, unspecified
Q54.9|Lỗ đái lệch thấp không đặc hiệu|Hypospadias, unspecified|male
Q65.9|Biến dạng bẩm sinh của khớp háng, không đặc hiệu|Congenital deformity of hip, unspecified
Q66.0|Bàn chân khoèo|Talipes equinovarus
Q90.9|Hội chứng Down không đặc hiệu|Down s syndrome, unspecified
R00.0|Nhịp nhanh tim, không đặc hiệu|Tachycardia, unspecified
R04.0|Chảy máu cam|Epistaxis
R05|Ho|Cough
R06.0|Khó thở|Dyspnoea
R07.4|Đau ngực không đặc hiệu|Chest pain, unspecified
R10.1|Đau bụng khu trú bụng trên|Pain localized to upper abdomen
R10.4|Đau bụng không xác định và đau bụng khác|Other and unspecified abdominal pain
R11|Buồn nôn và nôn|Nausea and vomitting
R17|Vàng da không xác định|Unspecified jaundice
R21|Ban và phát ban không đặc hiệu|Rash and other nonspecific skin eruption
R30.0|Đái khó|Dysuria
R31|Đái máu không xác định|Unspecified haematuria
R33|Bí đái|Retention of urine
R42|Hoa mắt và chóng mặt|Dizziness and giddiness
R50.9|Sốt, không đặc hiệu|Fever, unspecified
R51|Đau đầu|Headache
R52.9|Đau, không đặc hiệu|Pain, unspecified
R53|Khó ở và mệt mỏi|Malaise and fatigue
R55|Ngắt và ngã quỵ|Syncope and collapse
R56.0|Co giật do sốt|Febrile convulsions
R56.8|Co giật không đặc hiệu khác|Other and unspecified convulsions
R60.0|Phù khu trú|Localized oedema
R62.8|Phát triển sinh lý không bình thường khác|Other lack of expected normal physiological development
R63.0|Chán ăn|Anorexia
R63.4|Giảm cân bất thường|Abnormal weight loss
S00.9|Tổn thương nông ở đầu, phần không xác định|Superficial injury of head, part unspecified
S01.9|Vết thương hở của đầu, phần không xác định|Open wound of head, part unspecified
S05.9|Tổn thương của mắt và ổ mắt, phần không xác định|Injury of eye and orbit, unspecified
S06.0|Chấn động|Concussion
S09.9|Tổn thương không đặc hiệu của đầu|Unspecified injury of head
S20.2|Đụng giập lồng ngực|Contusion of thorax
S22.3|Gãy xương sườn|Fracture of rib
S30.0|đụng giập của lưng dưới và chân, hông|Contusion of lower back and pelvis
S42.0|Gãy xương đòn|Fracture of clavicle
S42.2|Gãy phần trên xương cánh tay|Fracture of upper end of humerus
S52.5|Gãy xương ở đầu thấp và xương quay|Fracture of lower end of radius
S52.9|Gãy xương cẳng tay, phần chưa xác định|Fracture of forearm, part unspecified
S60.2|đụng giập các phần khác cổ tay và bàn tay|Contusion of other parts of wrist and hand
S61.0|Vết thương hở các ngón tay không tổn thương móng|Open wound of finger(s) without damage to nail
S61.9|Vết thương hở của cổ tay và bàn tay, phần không xác định|Open wound of wrist and hand part, part unspecified
S62.6|Gãy xương các ngón tay khác|Fracture of other finger
S72.0|Gãy cổ xương đùi|Fracture of neck of femur
S80.0|đụng giập tại đầu gối|Contusion of knee
S81.9|Vết thương hở chi dưới, phần không xác định|Open wound of lower leg, part unspecified
S82.9|Gãy xương cẳng chân, phần chưa xác định|Fracture of lower leg, part unspecified
S83.6|Bong gân và căng cơ phần khác và chưa xác định khớp gối|Sprain and strain of other and unspecified parts of knee
S90.3|đụng giập phần khác và chưa xác định tại bàn chân|Contusion of other and unspecified parts of foot
S91.3|Vết thương hở tại phần khác của bàn chân|Open wound of other parts of foot
S93.4|Bong gân và căng cơ cổ chân|Sprain and strain of ankle
T00.9|Nhiều tổn thương nông chưa xác định|Multiple superficial injuries, unspecified
T01.9|Đa vết thương hở chưa xác định|Multiple open wounds, unspecified
T14.0|Tổn thương nông tại vùng cơ thể chưa xác định|Superficial injury of unspecified body region
T14.1|Vết thương hở chưa xác định vùng cơ thể|Open wound of unspecified body region
T14.9|Tổn thương, chưa xác định|Injury, unspecified
T15.9|Dị vật ở ngoài mắt, phần chưa xác định|Foreign body on external eye, part unspecified
T16|Dị vật ở tai|Foreign body in ear
T17.9|Dị vật trong đường hô hấp, phần chưa xác định|Foreign body in respiratory tract, part unspecified
T18.9|Dị vật trong đường tiêu hóa, chưa xác định|Foreign body in alimentary tract, part unspecified
T30.0|Bỏng vùng cơ thể chưa xác định, độ chưa xác định|Burn of unspecified body region, unspecified degree
T30.1|Bỏng độ một, vùng cơ thể chưa xác định|Burn of first degree, body region unspecified
T30.2|Bỏng độ hai, vùng cơ thể chưa xác định|Burn of second degree, body region unspecified
T50.9|Ngộ độc Thuốc dược phẩm và chất sinh học khác và chưa xác định|Poisoning: Other and unspecified drugs, medicaments and biological substances
T60.0|Nhiễm độc Thuốc trừ sâu phosphat hữu cơ và carbamat|Toxic effect: Organophosphate and carbamate insecticides
T62.0|Ngộ độ do ăn Nấm|Toxic effect: Ingested mushrooms
T62.2|Nhiễm độc do ăn (một phần) các cây khác|Toxic effect: Other ingested (parts of) plant(s)
T63.0|Nhiễm độc Nọc độc rắn|Toxic effect: Snake venom
T63.4|Nhiễm độc Nọc độc của các tiết túc khác|Toxic effect: Venom of other arthropods
T67.0|Đột quỵ do nhiệt và say nắng|Heatstroke and sunstroke
T75.1|Đuối và bị nhấn chìm không chết|Drowning and nonfatal submersion
T78.0|Sốc phản vệ do phản ứng phụ của thực phẩm|Anaphylactic shock due to adverse food reaction
T78.2|Sốc phản vệ, chưa xác định|Anaphylactic shock, unspecified
T78.4|Dị ứng chưa xác định|Allergy, unspecified
T80.5|Sốc phản vệ do huyết thanh|Anaphylactic shock due to serum
T88.1|Biến chứng khác sau gây miễn dịch, không xếp loại ở nơi khác|Other complications following immunization, not elsewhere classified
T88.6|Sốc phản vệ do tác dụng phụ của thuốc hoặc dược phẩm thích hợp và sử dụng đúng quy cách|Anaphylactic shock due to adverse effect of correct drug or medicament properly administered
U07.1|COVID-19 xác định (có kết quả xét nghiệm khẳng định SARS-CoV-2 dương tính)|Acute respiratory disease du to SARS-CoV-2 (Covid-19)
U07.2|COVID-19 nghi ngờ hoặc có thể (chưa có kết quả xét nghiệm khẳng định SARS-CoV-2)|Emergency use of U07.2
W54|Bị chó cắn, đả thương|Bitten or struck by dog
X20|Tiếp xúc với rắn độc và thằn lằn độc|Contact with venomous snakes and lizards
Y59.9|Các Vaccin và sinh chất không đặc hiệu|Vaccine or biological substance, unspecified
Z00.0|Khám sức khỏe tổng quát|General medical examination|not-main
Z00.1|Khám trẻ em thường quy|Routine child health examination|not-main
Z01.0|Khám mắt và thị lực|Examination of eyes and vision|not-main
Z01.2|Khám răng|Dental examination|not-main
Z02.0|Khám để nhập trường học|Examination for admission to educational institution|not-main
Z10.8|Kiểm tra sức khỏe tổng quát thường quy cho các nhóm dân cư xác định khác|Routine general health check-up of other defined subpopulations
Z11.4|Khám sàng lọc đặc biệt về virus suy giảm miễn dịch người (HIV)|Special screening examination for human immunodeficiency virus [HIV]
Z20.3|Tiếp xúc và phơi nhiễm với bệnh virus dại|Contact with and exposure to rabies
Z21|Trạng thái nhiễm virus suy giảm miễn dịch (HIV) không triệu chứng|Asymptomatic human immunodeficiency virus (HIV) infection status|restricted
Z22.5|Mang virus viêm gan|Carrier of viral hepatitis
Z23.2|Tiêm chủng phòng lao [BCG]|Need for immunization against tuberculosis [BCG]
Z24.0|Tiêm chủng phòng bại liệt|Need for immunization against poliomyelitis
Z24.2|Tiêm chủng phòng bệnh dại|Need for immunization against rabies
Z24.4|Tiêm chủng phòng sởi đơn độc|Need for immunization against measles alone
Z24.6|Tiêm chủng phòng viêm gan virus|Need for immunization against viral hepatitis
Z27.1|Tiêm chủng phòng bạch hầu - uốn ván - ho gà phối hợp [DTP]|Need for immunization against diphtheria-tetanus-pertussis, combined [DTP]
Z27.3|Tiêm chủng phòng bạch hầu - uốn ván - ho gà kèm bại liệt [DPT+ bại liệt]|Need for immunization against diphtheria-tetanus-pertussis with poliomyelitis [DTP + polio]
Z27.4|Tiêm chủng phòng sởi - quai bị - rubêôn [MMR]|Need for immunization against measles-mumps-rubella [MMR]
Z29.9|Biện pháp dự phòng, không đặc hiệu|Prophylactic measure, unspecified
Z30.0|Tư vấn tổng quát và lời khuyên về tránh thai|General counselling and advice on contraception
Z30.1|Đặt dụng cụ tránh thai (trong tử cung)|Insertion of (intrauterine) contraceptive device|female
Z30.4|Theo dõi sử dụng thuốc tránh thai|Surveillance of contraceptive drugs
Z32.1|Có thai đã được khẳng định|Pregnancy confirmed|not-main female
Z34.0|Theo dõi thai bình thường lần đầu|Supervision of normal first pregnancy|not-main female
Z34.8|Theo dõi thai bình thường khác|Supervision of other normal pregnancy|not-main female
Z34.9|Theo dõi thai bình thường, không đặc hiệu|Supervision of normal pregnancy, unspecified|not-main female
Z35.9|Theo dõi thai có nguy cơ cao, không đặc hiệu|Supervision of high-risk pregnancy, unspecified|not-main female
Z38.0|Sinh một con, tại bệnh viện|Singleton, born in hospital|newborn
Z39.0|Chăm sóc và khám ngay sau đẻ|Care and examination immediately after delivery|female
Z39.1|Chăm sóc và khám các bà mẹ cho con bú|Care and examination of lactating mother|female
Z39.2|Theo dõi thường quy sau đẻ|Routine postpartum follow-up|not-main female
Z48.0|Chăm sóc băng bó và chỉ khâu|Attention to surgical dressings and sutures
Z71.9|Tư vấn không đặc hiệu|Counselling, unspecified
Z76.0|Chỉ định y lệnh tiếp|Issue of repeat prescription
`;
